/** One training, with losses and time as text. */
interface TrainingFigures {
  epochs: number;
  firstLoss: string;
  lastLoss: string;
  duration: string;
}

/** Texts about what is stored and what the shopper can do with it. */
export const enData = {
  data: {
    lead: "All of it is in this browser, on this device. None of it was sent anywhere.",
    summary: "Summary",
    events: "Events",
    kept: "Stored in",
    keptIn: { indexeddb: "IndexedDB", memory: "memory, until you leave" },
    network: "Network",
    networks: {
      prior: "shared, nothing personal learned",
      personal: "personal, trained on these events",
    },
    networkBytes: "Saved network",
    bytes: (count: number) => `${count} bytes`,
    runsOn: "Runs on",
    threads: { worker: "a worker, off the page's thread", page: "the page" },
    trainer: "Trainer",
    noTrainer: "none chosen yet",
    lastTraining: "Last training",
    training: ({ epochs, firstLoss, lastLoss, duration }: TrainingFigures) =>
      `${epochs} epochs, loss ${firstLoss} → ${lastLoss}, ${duration}`,
    outOfFold: (loss: string) => `; ${loss} on events it had not seen`,
    never: "none yet",
    warnings: "What did not work, and what is used instead",
    rejected: "Products left out of the catalog",
    eraseTitle: "Erase everything",
    erase: "Erase everything",
    eraseLead:
      "Deletes events, the network and the settings on this page, and everything the shop keeps for you.",
    eraseConfirm:
      "Erase all events, the trained network, what you said you like, cart, wishlist, orders and ratings?",
    eraseYes: "Yes, erase",
    keep: "Keep it",
  },
  recording: {
    title: "Is anything recorded?",
    states: {
      recorded:
        "Yes. What you do in this shop is stored in this browser, for your own shelves only.",
      paused: "No. You paused: nothing you do is recorded until you resume.",
      "global-privacy-control":
        "No. Your browser says “do not sell or share my data” (Global Privacy Control). Nothing is sold or shared here anyway, but the choice is yours, so the shop starts paused. You can turn recording on for this shop.",
      "consent-awaited":
        "Only until you leave: you have not been asked yet whether it may be kept.",
      "consent-refused":
        "No. You declined, so nothing is stored, and what was stored has been erased.",
      guest:
        "Only in memory: this is a guest visit. Your own history is set aside and comes back when the visit ends.",
      "no-storage":
        "Only until you leave: this browser has no working storage. See the warnings below.",
    },
    steps: {
      pause: "Pause",
      resume: "Resume recording",
      enable: "Record in this shop anyway",
      grant: "Store it on this device",
      endGuest: "End guest visit",
    },
    refuse: "Decline storage",
    refuseConfirm: "Store nothing from now on, and erase all events and the trained network?",
    refuseYes: "Decline and erase",
    refuseNo: "Cancel",
    consent: {
      granted:
        "Consent: given, or not required by this shop. What is stored never leaves the browser.",
      awaited: "Consent: not asked yet.",
      refused: "Consent: declined.",
    },
  },
  relearning: {
    going: "The old network is no longer used. A new one is being trained on what is left …",
    done: (time: string) =>
      `Done at ${time}: the network has been retrained without what you deleted or ignored.`,
    nothingLeft: (time: string) =>
      `Done at ${time}: too little is left to learn from, so the shared network is in use. It has never seen your data.`,
  },
  parts: {
    mute: (name: string) => `Ignore ${name}`,
    unmute: (name: string) => `Stop ignoring ${name}`,
    remove: (name: string) => `Delete ${name}`,
    removeOne: (name: string) => `Delete this permanently? ${name}`,
    removeAll: (name: string) => `Permanently delete every event about ${name}?`,
    removeYes: "Delete",
    keep: "Keep",
    muted: "Kept, but ignored",
  },
  interests: {
    title: "What it concludes",
    lead: "Recent actions and stronger ones (buying over viewing) weigh more. You can ignore a department, or delete it with everything that happened there.",
    none: "Nothing yet: none of the products you viewed counts.",
    departments: "Departments",
    brands: "Brands",
    prices: "Prices, in quarters of the shop's range",
    products: (count: number) => (count === 1 ? "1 product" : `${count} products`),
  },
  products: {
    title: "Products you interacted with",
    acts: (count: number) => (count === 1 ? "1 event" : `${count} events`),
    all: (count: number) => `Show all ${count}`,
  },
  timeline: {
    title: "Everything stored, event by event",
    lead: "An ignored event is kept, but nothing is learned from it. Deleting an event is permanent.",
    none: "No events are stored.",
    type: "Kind of event",
    anything: "All",
    words: "Product, brand or department",
    newest: (shown: number, all: number) => `Newest ${shown} of ${all} events.`,
    found: (count: number) => (count === 1 ? "1 event" : `${count} events`),
    more: "Show more",
    takenBack: "(undone)",
    andOthers: (title: string, others: number) =>
      others === 1 ? `${title} and 1 other` : `${title} and ${others} others`,
  },
  shopData: {
    title: "What the shop itself keeps for you",
    lead: "It is also in this browser, but not encrypted. The file below includes it, and “Erase everything” deletes it; the deletions above do not affect it.",
    interests: "You said you like",
    nothingSaid: "nothing",
    personalization: "How personal the shelves are",
    cart: "Cart",
    wishlist: "Wishlist",
    orders: "Orders",
    ratings: "Ratings",
    products: (count: number) => (count === 1 ? "1 product" : `${count} products`),
    count: (count: number) => String(count),
  },
  storage: {
    title: "How and for how long it is kept",
    asking: "Asking the browser …",
    used: "Space used by this site",
    ofQuota: (used: string, quota: string) => `${used} of the ${quota} the browser allows`,
    unknown: "not reported by this browser",
    encryption: "Encryption",
    encrypted: {
      yes: "events, network and report are encrypted on disk (AES-GCM); scripts cannot read the key",
      no: "none: memory needs none, and browsers encrypt only over a secure connection",
    },
    oldest: "Oldest event",
    nothing: "nothing is stored",
    eviction: "Can the browser delete it?",
    persistent: "It promised not to, even when space runs low. You can still clear it yourself.",
    evictable:
      "Yes: all at once, when this device runs low on space; Safari also after seven days without a visit. An export keeps it.",
    keep: "Ask the browser to keep it",
    keptNow: "The browser promised to keep it.",
    notKept: "The browser made no promise. Some do after more visits or a bookmark.",
    retention: "Automatically delete events after",
    days: "days",
    retain: "Set",
    retained: (days: number) =>
      `Events older than ${days} days are deleted, now and in the future.`,
    retentionHint:
      "7 to 400 days. A shorter time deletes older events at once and retrains the network without them.",
    supports: "What this browser can do",
    yes: "yes",
    no: "no",
    abilities: {
      indexedDb: {
        name: "Storage (IndexedDB)",
        used: "stores events and network",
        without: "events live in memory until you leave",
      },
      encryption: {
        name: "Encryption (Web Crypto)",
        used: "encrypts what is stored, and exports",
        without: "stored data is not encrypted",
      },
      webgl2InWorker: {
        name: "Graphics in a worker (WebGL 2)",
        used: "trains the network where that is faster",
        without: "training runs on the processor",
      },
      webLocks: {
        name: "Web Locks",
        used: "one tab trains at a time",
        without: "each tab trains for itself",
      },
      broadcastChannel: {
        name: "Messages between tabs",
        used: "tabs see each other's changes at once",
        without: "a tab sees changes when it is reopened",
      },
    },
  },
  port: {
    title: "Export and import everything",
    lead: "One file with events, network, choices, what you said you like, cart, wishlist, orders and ratings, to keep or to take to another browser. Language and theme are left out; they belong to this device. You save the file; it is not sent anywhere.",
    export: "Export",
    passphraseNew: "Passphrase (at least 8 characters; leave empty for none)",
    plain: "Without a passphrase, anyone who has the file can read it.",
    sealed: "Encrypted with your passphrase. If you forget it, nobody can recover it, not even us.",
    save: "Save the file",
    import: "Import",
    file: "File",
    passphrase: "Passphrase, if it has one",
    mode: "Your current data",
    modes: { merge: "keep and add the file", replace: "replace with the file" },
    read: "Read the file",
    replaceConfirm:
      "Replace everything here with the contents of the file: events, network, and what the shop keeps for you?",
    replaceYes: "Replace",
    replaceNo: "Cancel",
    imported: (events: number) =>
      events === 1 ? "1 event imported." : `${events} events imported.`,
    failed: (why: string) => `Nothing was changed. ${why}`,
    tooLarge: (size: string, max: string) => `The file is ${size}; exports are at most ${max}.`,
  },
};
