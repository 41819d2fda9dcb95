import type { InputName, Outcome } from "../../engine/network.ts";
import { type Language, language } from "../strings.ts";
import type { LeakName } from "./leaks.ts";

/** The texts of the glass room, which loads them with itself; English gives the shape. */
const en = {
  title: "The glass room",
  lead: "Everything the recommender does, opened up: check it rather than trust it.",
  tabs: { why: "Why this card", network: "See it think", data: "What is stored", proof: "Proof" },
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
    score: (percent: string) => `${percent} chance that you turn to it`,
    outcomes: "What the network expects you to do with it",
    unsure: (deviation: string) => `Five networks differ by ±${deviation} on it.`,
    look: "Look at it",
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
  proof: {
    lead: "Nothing leaves this browser. Below is what your browser itself says about that.",
    requests: "Every request since this page was opened",
    own: "to this site, for its own files",
    others: "to anybody else",
    what: "What",
    where: "Address",
    bytes: "Bytes",
    latest: (count: number) => `The latest ${count}`,
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

type GlassTexts = typeof en;

const zh: GlassTexts = {
  title: "玻璃房",
  lead: "推荐系统的一举一动都摊开在这里：不必轻信，尽可查验。",
  tabs: { why: "为何推荐", network: "看它思考", data: "存了什么", proof: "证明" },
  inputs: {
    coVisitation: "看过同类商品的人也喜欢",
    ownHistory: "您与它的过往",
    contentFit: "与您所看的相似",
    popularity: "大家都喜欢",
  },
  outcomes: { ignore: "略过", view: "查看", consider: "考虑", cart: "加入购物车", buy: "购买" },
  why: {
    lead: "把您货架上的每张卡片拆开来看：所用的正是给它排名的那些输入和权重。",
    choose: "您货架上的卡片，从优到次",
    none: "暂时没有可解释的内容：推荐系统正在打开，或还没有卡片。",
    sum: "得分由什么构成",
    sumLead:
      "精确的沙普利值：对全部 16 种缺省输入的情形取平均，得出每个输入的贡献；它们之和就是得分。",
    average: "您的候选商品平均水平",
    total: "这张卡片",
    logOdds: "对数几率",
    score: (percent) => `您有 ${percent} 的可能会看它`,
    outcomes: "网络预计您会如何对待它",
    unsure: (deviation) => `五个网络对它的看法相差 ±${deviation}。`,
    look: "去看看",
  },
  network: {
    lead: "四个输入、十个隐藏单元、五种结果：总共 105 个数字，按现状画出。",
    drawing: (title) => `网络正在处理：${title}`,
    legend: "线越粗，权重越大；实线为增，虚线为减。圆点越满，活动越强。",
    before: "训练前：大众的权重",
    after: "现在：已用您的事件训练",
    untrained: "尚未用您的事件训练。您看过六件商品后，它会自行训练。",
    priorKept: "已用您的事件训练，但大众的权重对留出事件的预测更好，因此保留原权重。",
    asTable: "以表格显示",
    unit: (number) => `单元 ${number}`,
    weights: "隐藏单元的权重",
    bias: "偏置",
    activity: "活动",
    oneOf: (count) => (count === 1 ? "" : `这是 ${count} 个网络之一，排名取它们的平均。`),
    kept: (epoch) => `保留的权重：第 ${epoch} 轮`,
    training: "学习过程",
    epoch: "轮次",
    loss: "所学样本上的损失",
    validationLoss: "留出事件上的损失",
    trainedBy: "训练器：",
    choice: (trainer, reason) => `${trainer}：${reason}`,
    train: "立即训练",
    trainFailed: "没有进行训练：还没有可学的内容。",
  },
  proof: {
    lead: "没有任何内容离开这个浏览器。下面是您的浏览器自己的说法。",
    requests: "打开本页以来的每个请求",
    own: "发往本站，取本站自己的文件",
    others: "发往其他任何人",
    what: "类型",
    where: "地址",
    bytes: "字节",
    latest: (count) => `最近 ${count} 个`,
    policy: "您的浏览器所执行的策略",
    policyLead: "本站随每个响应发送它，后台线程的脚本也不例外，任何脚本都无法撤销：",
    noPolicy: "本页未附带策略，因此没有任何强制限制：服务器没有发送所需的响应头。",
    leak: "尝试泄露",
    leakLead:
      "这个按钮会真的用我们所知的每种方式，尝试把一个无害的词发往一个并不存在的地址。浏览器如何处理，就如实显示。",
    leakButton: "尝试泄露",
    leaking: "正在尝试……",
    way: "方式",
    outcome: "结果",
    ways: {
      fetch: "脚本请求（fetch）",
      beacon: "信标（sendBeacon）",
      image: "其他网站的图片",
      websocket: "WebSocket",
      webrtc: "WebRTC 连接提议",
      form: "脚本提交的表单",
      prefetch: "预取的页面",
      worker: "后台线程发出的请求",
      sameSite: "向本站服务器的询问",
    },
    blocked: (directive) => `被策略阻止（${directive}）`,
    notStopped: "未被阻止",
    notPossible: (why) => `此处无法进行：${why}`,
    untried: "点击通往其他网站的链接",
    untriedOutcome: "未尝试，否则您就离开了：没有策略能阻止它",
    honest:
      "未被阻止的，只靠代码本身保证：代码中没有这类调用，开放的源码和我们对每个请求的测试可以证明。向本站服务器的询问不会到达别处，而那台服务器只有文件。",
  },
};

const TEXTS: Record<Language, GlassTexts> = { en, zh };

/** The texts in the language in use; read them while rendering. */
export function glassTexts(): GlassTexts {
  return TEXTS[language.get()];
}
