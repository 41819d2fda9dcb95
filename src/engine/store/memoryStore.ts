import {
  dayOf,
  type EventStore,
  LEARNED_VALUES,
  type StoreContent,
  type ValueName,
} from "./eventStore.ts";

/** The store for when nothing can or may be stored: everything works until the page is closed. */
export function createMemoryStore(firstSeq = 1, content?: StoreContent): EventStore {
  const values = content?.values ?? new Map<ValueName, unknown>();
  let events = content?.events ?? [];
  let choices = content?.choices ?? {};
  let next = Math.max(firstSeq, (events.at(-1)?.seq ?? 0) + 1);

  const store: EventStore = {
    kind: "memory",
    generation: 0,
    isEncrypted: false,
    async append(added) {
      for (const event of added) events.push({ ...event, seq: next++ });
      return next - 1;
    },
    readAfter: async (after, limit) =>
      events.filter(({ seq }) => seq > Math.max(after, next - 1 - limit)),
    count: async () => events.length,
    content: async () => ({ events, values, choices }),
    readValue: async (key) => values.get(key),
    async writeValue(key, value) {
      values.set(key, value);
    },
    async eraseLearned() {
      for (const key of LEARNED_VALUES) values.delete(key);
    },
    readChoices: async () => choices,
    async writeChoices(chosen) {
      choices = chosen;
    },
    async edit(edit, { only } = {}) {
      let changed = 0;
      events = events.flatMap((event) => {
        const edited = only === undefined || only === event.seq ? edit(event) : event;
        if (edited === event) return [event];
        changed++;
        return edited === undefined ? [] : [{ ...edited, seq: event.seq }];
      });
      if (changed > 0) await store.eraseLearned();
      return changed;
    },
    expire: (at) => store.edit((event) => (dayOf(event.at) < dayOf(at) ? undefined : event)),
    async replace(compose) {
      const next = compose(events);
      await store.erase();
      await store.append(next.events);
      for (const [key, value] of Object.entries(next.values)) values.set(key as ValueName, value);
    },
    async erase() {
      events = [];
      values.clear();
    },
    close() {},
  };
  return store;
}
