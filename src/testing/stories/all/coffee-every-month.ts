import { buyAgain, only, type Story } from "../story.ts";

const COFFEE = "house-filter-blend-1-kg";
const due = { request: { strategy: "buy-again" }, first: 4, atLeast: [[1, only(COFFEE)]] } as const;

export const coffeeEveryMonth: Story = {
  title: "Coffee bought every month is offered when it is due",
  days: [
    { day: 0, acts: [buyAgain(1, COFFEE)] },
    { day: 30, acts: [buyAgain(2, COFFEE)] },
    { day: 60, acts: [buyAgain(3, COFFEE)] },
    { day: 87, shelves: [due] },
    { day: 91, shelves: [due] },
  ],
};
