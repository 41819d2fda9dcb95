import type { InputName, Outcome } from "vitrine/inspect";
import type { LeakName } from "../leaks.ts";
import { enData } from "./enData.ts";

/** The texts of the glass room; functions take what varies, already formatted. */
export const glassEnglish = {
  ...enData,
  title: "The glass room",
  lead: "Everything the recommender does, opened up: check it rather than trust it.",
  tabs: {
    why: "Why this card",
    network: "See it think",
    data: "What is stored",
    card: "Taste card",
    proof: "Proof",
  },
  inputs: {
    coVisitation: "Others who liked what you looked at",
    ownHistory: "Your own past with it",
    contentFit: "Like what you look at",
    popularity: "Popular with everybody",
  } as Record<InputName, string>,
  outcomes: {
    ignore: "pass over",
    view: "look at",
    consider: "consider",
    cart: "put in the cart",
    buy: "buy",
  } as Record<Outcome, string>,
  why: {
    lead: "Each card of your shelf, taken apart: from the very inputs and weights that ranked it.",
    choose: "Cards on your shelf, best first",
    none: "There is nothing to explain yet: the recommender is opening or has no cards.",
    sum: "What adds up to its score",
    sumLead:
      "Exact Shapley values: what each input adds, averaged over all 16 ways of leaving inputs out. They sum to the score.",
    average: "An average candidate of yours",
    total: "This card",
    logOdds: "log-odds",
    score: (percent: string) => `${percent} chance that you turn to it next`,
    place: (place: number) => `Place ${place} on your shelf.`,
    outcomes: "What the network expects you to do with it",
    unsure: (deviation: string) => `Five networks differ by ±${deviation} on it.`,
    look: "Look at it",
  },
  change: {
    title: "Your shelf has changed since you came in here.",
    come: (titles: string) => `Came in: ${titles}.`,
    gone: (titles: string) => `Left: ${titles}.`,
    moved: (count: number) =>
      count === 1 ? "1 card changed its place." : `${count} cards changed their places.`,
  },
  behind: {
    title: "What you did that it rests on",
    input: (value: string, average: string) => `${value}, where your other cards have ${average}`,
    count: (events: number) => (events === 1 ? "1 event" : `${events} events`),
    crowd: "this rests on the crowd alone",
  },
  without: {
    title: "What would change it",
    lead: "Each line is your shelf ranked again without a part of your past. Mute or delete that part here, and it comes true.",
    none: "It rests on nothing you did, so nothing of it would change.",
    part: "Without",
    place: "Place",
    change: "Log-odds",
    act: "Do it",
    events: (count: number, title: string) =>
      count === 1 ? `your event about ${title}` : `your ${count} events about ${title}`,
    places: (then: string, now: string) =>
      then === now ? `${then}, as now` : `${then} instead of ${now}`,
    farOff: "beyond 200",
  },
  surrogates: {
    title: "The network, told more simply",
    lead: "Two simpler models of the same network. They are stand-ins, not the network itself, and only as good as their R² says: 1 is as good as the network, 0 no better than its average.",
    fitting: "Fitting …",
    line: "A straight line near this card (LIME)",
    tree: "A small tree for all of your candidates",
    intercept: "with all four at 0",
    slopes: "Log-odds gained if an input rose by 1, near this card.",
    fidelity: (value: string, on: string) => `R² ${value} ${on}.`,
    weak: "Do not rely on it.",
    onSamples: "on samples it was not fitted to",
    onProducts: "on products it was not grown from",
    below: (input: string, threshold: string) => `${input} below ${threshold}:`,
    above: (input: string, threshold: string) => `${input} ${threshold} or more:`,
    leaf: (logOdds: string, share: string) => `${logOdds} (${share} of the products)`,
  },
  trial: {
    title: "Is it any good for you?",
    lead: (decisive: number) =>
      `On some of your shelves the network takes turns with a plain list of popular and recent products; what you do with the cards decides. Each win is a bet won; a side that has made ${decisive} of 1 is put in use.`,
    inUse: "In use",
    sides: { network: "the network's picks", baseline: "the plain list" },
    compared: "Shelves compared",
    untested: "none yet: comparing begins after ten turns to products",
    won: (shelves: number, network: number, plain: number) =>
      `${shelves}; the network won ${network}, the plain list ${plain}`,
    evidence: "Evidence so far",
    bets: (network: string, plain: string, decisive: number) =>
      `network ${network}, plain list ${plain} (of ${decisive})`,
    verdicts: "Tests decided",
    decidedOn: (date: string) => `, the last on ${date}`,
  },
  network: {
    lead: "Four inputs, ten hidden units, five outcomes: 105 numbers in all, drawn as they are now.",
    drawing: (title: string) => `The network at work on ${title}`,
    legend:
      "Thick lines are strong weights; solid ones raise, dashed ones lower. Discs fill up with activity.",
    before: "Before training: the crowd's weights",
    after: "Now: trained on your events",
    untrained:
      "Not trained on your events yet. It trains by itself once you turned to six products.",
    priorKept:
      "Trained on your events, but the crowd's weights foretold the held-out ones better, so they stay.",
    asTable: "As a table",
    unit: (number: number) => `Unit ${number}`,
    weights: "Weights of the hidden units",
    bias: "bias",
    activity: "activity",
    oneOf: (count: number) => (count === 1 ? "" : `One of the ${count} networks whose mean ranks.`),
    kept: (epoch: number) => `weights kept: epoch ${epoch}`,
    training: "How it learned",
    epoch: "epoch",
    loss: "loss on what it learned from",
    validationLoss: "loss on held-out events",
    trainedBy: "Trainer:",
    choice: (trainer: string, reason: string) => `${trainer}: ${reason}`,
    train: "Train now",
    trainFailed: "No training took place: there is nothing to learn from yet.",
  },
  card: {
    lead: "A card of your favorite departments that you may show to whom you like. Dice blur it, so that nobody can be sure of any single one. It is made here when you ask, and sent and stored nowhere.",
    epsilon: "ε: how much it may give away",
    meaning: (epsilon: string, times: string) =>
      `With ε = ${epsilon} no card is more than ${times} times as likely to come from you as from anybody else with other tastes. At 0.5 a card is nearly all chance; at 8 it mostly tells the truth.`,
    favorites: "Favorites at most",
    draw: "Throw the dice",
    spent: (cards: number, epsilon: string) =>
      `You have made ${cards} cards. Who gets them all learns more than from one: together they have ε = ${epsilon}.`,
    drawn: "Your card",
    qr: "The card as a QR code",
    empty: "The dice left no department on it.",
    truth: (percent: string) =>
      `For each department of the shop the dice let the truth stand with a chance of ${percent}; else they turned it over.`,
    bytes: (count: number) => `Exactly what is on it: ${count} bytes`,
    layout:
      "In this order: version (1 byte), favorites at most (1), ε in hundredths (2), a number that stands for this shop's list of departments (4), then one bit for each department. No name, no time, no number of yours.",
    save: "Save it as a file",
  },
  calibration: {
    title: "Does what it foretells come true?",
    lead: "Of the cards you were shown before you next turned to a product: the chance the network gave each to be the one, against how often it was. Dots on the dashed line would be perfect; bars show what chance alone leaves open (95 %).",
    counting: "Going through your shelves …",
    none: "Nothing to compare yet: this fills as you look at shelves and open products.",
    counts: (cards: number, interactions: number) =>
      `${cards} cards shown, ${interactions} of them turned to.`,
    flattered:
      "The network in use has learned from some of these turns, which flatters it; the crowd's has seen none of them.",
    inUse: "network in use",
    crowd: "the crowd's network",
    ideal: "foretold = happened",
    predicted: "foretold",
    observed: "happened",
    cards: "cards",
    interval: "95 % between",
  },
  proof: {
    lead: "Nothing leaves this browser. Below is what your browser itself says about that.",
    requests: "Every request since this page was opened",
    own: "by the page, to this site for its own files",
    ownOfWorker: "by the recommender's worker, to this site for its own files",
    others: "to anybody else",
    what: "What",
    where: "Address",
    bytes: "Bytes",
    who: "By",
    page: "page",
    worker: "worker",
    all: (count: number) => `All ${count} of them, latest first`,
    unseen:
      "Counted by the browser's own Resource Timing, in the page and in the worker. It does not tell of what browser extensions ask for, of what the browser asks on its own account, of a worker that was replaced after a fault, or of the service worker's filling of its cache, where there is one. Your browser's developer tools show those, too.",
    policy: "The policy your browser enforces",
    policyLead:
      "The site sends it with every response, the worker's too, and no script can take it back:",
    noPolicy:
      "This page came without a policy, so nothing is enforced. The site's server does not send its headers.",
    leak: "Try to leak",
    leakLead:
      "This button really tries to send a harmless word out of this page, by every way we know, to an address that exists nowhere. What your browser makes of it is shown as it is.",
    leakButton: "Try to leak",
    leaking: "Trying …",
    way: "Way",
    outcome: "Outcome",
    ways: {
      fetch: "A request by script (fetch)",
      beacon: "A beacon (sendBeacon)",
      image: "A picture on another site",
      websocket: "A WebSocket",
      webrtc: "A WebRTC connection offer",
      form: "A form sent by script",
      prefetch: "A prefetched page",
      worker: "A request by a worker",
      sameSite: "A question to this site's own server",
    } as Record<LeakName, string>,
    blocked: (directive: string) => `Stopped by the policy (${directive})`,
    notStopped: "Not stopped",
    notPossible: (why: string) => `Not possible here: ${why}`,
    untried: "A link followed to another site",
    untriedOutcome: "Not tried, since you would be gone: no policy stops it",
    honest:
      "What is not stopped rests on the code alone: it has no such call, which the open source and our tests of every request show. A question to this site's own server reaches nobody else, and that server has only files.",
  },
};

export type GlassTexts = typeof glassEnglish;
