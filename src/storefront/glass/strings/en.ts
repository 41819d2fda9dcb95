import type { InputName, Outcome } from "vitrine/inspect";
import type { LeakName } from "../leaks.ts";
import { enData } from "./enData.ts";

/** The texts of the glass room; functions take formatted values. */
export const glassEnglish = {
  ...enData,
  title: "The glass room",
  lead: "Everything the recommender does, in the open: don't trust it, check it.",
  tabs: {
    why: "Why this card",
    network: "See it think",
    data: "What is stored",
    card: "Taste card",
    proof: "Proof",
  },
  inputs: {
    coVisitation: "Viewed with what you view",
    ownHistory: "Your own history with it",
    contentFit: "Similar to what you view",
    popularity: "Popular with everyone",
  } as Record<InputName, string>,
  outcomes: {
    ignore: "skip",
    view: "view",
    consider: "consider",
    cart: "add to cart",
    buy: "buy",
  } as Record<Outcome, string>,
  why: {
    lead: "Each card that would be chosen for you now, explained by the exact inputs and weights that rank it.",
    choose: "Cards chosen for you now",
    none: "Nothing to explain yet: the recommender is still starting, or has no cards.",
    sum: "How its score adds up",
    sumLead:
      "Exact Shapley values: what each input adds, averaged over all 16 ways of leaving inputs out. They sum to the score.",
    average: "Your average candidate",
    total: "This card",
    logOdds: "log-odds",
    worn: (logOdds: string) =>
      `On the shelf it loses ${logOdds} of this, because it was shown and not opened. Opening it ends that.`,
    score: (percent: string) => `${percent} chance that you choose it next`,
    place: (place: number) => `Place ${place} in your ranking right now.`,
    outcomes: "What the network expects you to do",
    unsure: (deviation: string) => `The five networks differ by ±${deviation} on this card.`,
    look: "View product",
  },
  change: {
    title: "What is chosen for you has changed since you opened this page.",
    come: (titles: string) => `Added: ${titles}.`,
    gone: (titles: string) => `Removed: ${titles}.`,
    moved: (count: number) => (count === 1 ? "1 card moved." : `${count} cards moved.`),
  },
  behind: {
    title: "What it is based on",
    input: (value: string, average: string) => `${value}; your other cards average ${average}`,
    count: (events: number) => (events === 1 ? "1 event" : `${events} events`),
    crowd: "based on other shoppers only",
  },
  without: {
    title: "What would change it",
    lead: "Each line is your shelf ranked again without one part of your history. Ignore or delete that part here to make it so.",
    none: "It is based on nothing you did, so nothing would change.",
    part: "Without",
    place: "Place",
    change: "Log-odds",
    act: "Apply",
    events: (count: number, title: string) =>
      count === 1 ? `your event about ${title}` : `your ${count} events about ${title}`,
    places: (then: string, now: string) =>
      then === now ? `${then}, as now` : `${then} instead of ${now}`,
    farOff: "below 200",
  },
  surrogates: {
    title: "The network, simplified",
    lead: "Two simpler models of the same network. They approximate it, and R² says how well: 1 matches the network, 0 is no better than its average.",
    fitting: "Fitting …",
    line: "A straight line near this card (LIME)",
    tree: "A small tree for all of your candidates",
    intercept: "with all four at 0",
    slopes: "Log-odds gained if an input rose by 1, near this card.",
    fidelity: (value: string, on: string) => `R² ${value} ${on}.`,
    weak: "Don't rely on it.",
    onSamples: "on samples not used to fit it",
    onProducts: "on products not used to grow it",
    below: (input: string, threshold: string) => `${input} below ${threshold}:`,
    above: (input: string, threshold: string) => `${input} ${threshold} or higher:`,
    leaf: (logOdds: string, share: string) => `${logOdds} (${share} of the products)`,
  },
  trial: {
    title: "Does it work for you?",
    lead: (decisive: number) =>
      `On some of your shelves the network alternates with a plain list of popular and recent products, and what you do with the cards that are new to you decides. Each side bets on its wins; the first side to turn 1 into ${decisive} is used.`,
    inUse: "In use",
    sides: { network: "the network's picks", baseline: "the plain list" },
    compared: "Shelves compared",
    untested: "none yet: starts after ten product views",
    won: (shelves: number, network: number, plain: number) =>
      `${shelves}; the network won ${network}, the plain list ${plain}`,
    returns: "With products you knew",
    wentBack: (network: number, plain: number) =>
      `the network ${network}, the plain list ${plain}; this decides nothing`,
    evidence: "Evidence so far",
    bets: (network: string, plain: string, decisive: number) =>
      `network ${network}, plain list ${plain} (of ${decisive})`,
    verdicts: "Completed tests",
    decidedOn: (date: string) => `, the last on ${date}`,
  },
  network: {
    lead: "Four inputs, ten hidden units, five outcomes: 105 numbers in all, drawn live.",
    drawing: (title: string) => `The network at work on ${title}`,
    legend:
      "Thicker lines are stronger weights; solid lines raise, dashed lines lower. Circles fill with activity.",
    raw: "The five circles on the right are this network's own outputs, learned against 16 ignored products. They are not your chances of choosing a product; those are on the page “Why this card”.",
    before: "Before training: the shared weights",
    after: "Now: trained on your events",
    untrained: "Not trained on your events yet. Training starts by itself after six product views.",
    priorKept:
      "Trained on your events, but it is not yet clear that your own weights rank better, so the shared ones stay in use.",
    asTable: "As a table",
    unit: (number: number) => `Unit ${number}`,
    weights: "Weights of the hidden units",
    bias: "bias",
    activity: "activity",
    oneOf: (count: number) =>
      count === 1 ? "" : `One of ${count} networks; their mean ranks your cards.`,
    kept: (epoch: number) => `weights from epoch ${epoch}`,
    training: "How it learned",
    epoch: "epoch",
    loss: "loss on training events",
    validationLoss: "loss on held-out events",
    trainedBy: "Trainer:",
    choice: (trainer: string, reason: string) => `${trainer}: ${reason}`,
    train: "Train now",
    trainFailed: "Nothing to train on yet.",
  },
  card: {
    lead: "A card of your favorite departments that you can show to anyone. Random noise blurs it, so nobody can be sure of any single entry. It is made here when you ask, and is not sent or stored anywhere.",
    epsilon: "ε: how much it may reveal",
    meaning: (epsilon: string, times: string) =>
      `With ε = ${epsilon}, no card is more than ${times} times as likely to come from you as from someone with different tastes. At 0.5 a card is nearly random; at 8 it is mostly true.`,
    favorites: "Maximum favorites",
    draw: "Make a card",
    spent: (cards: number, epsilon: string) =>
      `You have made ${cards} cards. Anyone who collects several learns more than from one: together they have ε = ${epsilon}.`,
    drawn: "Your card",
    qr: "Your card as a QR code",
    empty: "The noise left no department on it.",
    truth: (percent: string) =>
      `For each department, the card states the truth with probability ${percent}, and the opposite otherwise.`,
    bytes: (count: number) => `Exactly what it contains: ${count} bytes`,
    layout:
      "In this order: version (1 byte), maximum favorites (1), ε in hundredths (2), a number that identifies this shop's list of departments (4), then one bit per department. No name, no time, no identifier of yours.",
    save: "Save as a file",
  },
  calibration: {
    title: "Do its predictions come true?",
    lead: "For cards shown to you before your next product view: the probability the network gave each of being that product, against how often it was. Dots on the dashed line are perfect; bars show the range that chance alone allows (95%).",
    counting: "Reading your shelves …",
    none: "Nothing to compare yet: this fills as you see shelves and open products.",
    counts: (cards: number, interactions: number) =>
      `${cards} cards shown, ${interactions} of them viewed next.`,
    flattered:
      "The network in use was trained on some of these views, which flatters it; the shared network has seen none of them.",
    inUse: "network in use",
    crowd: "shared network",
    ideal: "predicted = actual",
    predicted: "predicted",
    observed: "actual",
    cards: "cards",
    interval: "95% interval",
  },
  proof: {
    lead: "Nothing leaves this browser. Below is what the browser itself reports.",
    requests: "Every request since you opened this page",
    own: "by the page, to this site, for its own files",
    ownOfWorker: "by the recommender's worker, to this site, for its own files",
    others: "to anyone else",
    what: "Type",
    where: "Address",
    bytes: "Bytes",
    who: "By",
    page: "page",
    worker: "worker",
    all: (count: number) => `All ${count}, newest first`,
    unseen:
      "Counted by the browser's own Resource Timing, in the page and in the worker. It leaves out requests by browser extensions, by the browser itself, by a worker that was replaced after a failure, and by a service worker filling its cache, if there is one. Your browser's developer tools show those, too.",
    policy: "The policy your browser enforces",
    policyLead:
      "The site sends it with every response, including the worker's, and no script can revoke it:",
    noPolicy:
      "This page came without a policy, so nothing is enforced: the site's server does not send the headers.",
    leak: "Try to leak",
    leakLead:
      "This button really tries to send a harmless word out of this page, in every way we know, to an address that does not exist. You see exactly what your browser does with each attempt.",
    leakButton: "Try to leak",
    leaking: "Trying …",
    way: "Method",
    outcome: "Outcome",
    ways: {
      fetch: "A request by script (fetch)",
      beacon: "A beacon (sendBeacon)",
      image: "An image from another site",
      websocket: "A WebSocket",
      webrtc: "A WebRTC connection offer",
      form: "A form sent by script",
      prefetch: "A prefetched page",
      worker: "A request by a worker",
      sameSite: "A request to this site's own server",
    } as Record<LeakName, string>,
    blocked: (directive: string) => `Blocked by the policy (${directive})`,
    notStopped: "Not blocked",
    notPossible: (why: string) => `Not possible here: ${why}`,
    untried: "Following a link to another site",
    untriedOutcome: "Not tried, because you would leave this page: no policy blocks it",
    honest:
      "What is not blocked depends on the code alone: it makes no such call, as the open source and our tests of every request show. A request to this site's own server reaches nobody else, and that server only has files.",
  },
};

export type GlassTexts = typeof glassEnglish;
