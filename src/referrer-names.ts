import type { Channel } from './referrer.ts'

/**
 * Hosts by the name reports show, which is itself one of the hosts.
 *
 * `*.` in front: any host below. `.*` behind: any country's ending (`.de`, `.co.uk`). `app:` = the package of an
 * Android app, as browsers send it (`android-app://…`). A host of no table is another site, under its own name.
 */
type Hosts = Readonly<Record<string, readonly string[]>>

const SEARCH: Hosts = {
  'google.com': ['google.*', 'app:com.google.android.googlequicksearchbox'],
  'news.google.com': [],
  'images.google.com': ['images.google.*'],
  'bing.com': ['*.bing.com', 'app:com.microsoft.bing'],
  'duckduckgo.com': ['*.duckduckgo.com', 'app:com.duckduckgo.mobile.android'],
  'yahoo.com': ['search.yahoo.com', '*.search.yahoo.com', 'search.yahoo.co.jp'],
  'yandex.com': ['yandex.*', 'ya.ru', 'app:ru.yandex.searchplugin', 'app:com.yandex.browser'],
  'baidu.com': ['*.baidu.com'],
  'ecosia.org': ['*.ecosia.org', 'app:com.ecosia.android'],
  'startpage.com': ['*.startpage.com'],
  'qwant.com': ['*.qwant.com'],
  'search.brave.com': [],
  'kagi.com': ['*.kagi.com'],
  'naver.com': ['search.naver.com', 'm.search.naver.com'],
  'daum.net': ['search.daum.net'],
  'seznam.cz': ['search.seznam.cz'],
  'sogou.com': ['*.sogou.com'],
  'so.com': ['*.so.com'],
  'mojeek.com': [],
  'metager.org': ['metager.de'],
  'swisscows.com': [],
  'marginalia-search.com': ['search.marginalia.nu'],
  'aol.com': ['search.aol.com'],
  'ask.com': ['*.ask.com'],
  'petalsearch.com': [],
  'coccoc.com': ['*.coccoc.com'],
  'lilo.org': ['search.lilo.org'],
  'searx.be': [],
  'presearch.com': [],
  'you.com': [],
}

const SOCIAL: Hosts = {
  'facebook.com': ['*.facebook.com', 'fb.me', 'app:com.facebook.katana', 'app:com.facebook.lite'],
  'messenger.com': ['*.messenger.com', 'app:com.facebook.orca'],
  'instagram.com': ['*.instagram.com', 'app:com.instagram.android'],
  'threads.net': ['*.threads.net', 'threads.com', '*.threads.com', 'app:com.instagram.barcelona'],
  'x.com': ['t.co', 'twitter.com', '*.twitter.com', 'app:com.twitter.android'],
  'bsky.app': ['go.bsky.app', 'bsky.social', 'app:xyz.blueskyweb.app'],
  'mastodon.social': ['app:org.joinmastodon.android'],
  'fosstodon.org': [],
  'hachyderm.io': [],
  'infosec.exchange': [],
  'mstdn.social': [],
  'mas.to': [],
  'chaos.social': [],
  'lemmy.world': [],
  'reddit.com': ['*.reddit.com', 'redd.it', 'app:com.reddit.frontpage'],
  'news.ycombinator.com': ['hckrnews.com'],
  'lobste.rs': [],
  'linkedin.com': ['*.linkedin.com', 'lnkd.in', 'app:com.linkedin.android'],
  'youtube.com': ['*.youtube.com', 'youtu.be', 'app:com.google.android.youtube'],
  'pinterest.com': ['*.pinterest.com', 'pinterest.*', '*.pinterest.*', 'pin.it', 'app:com.pinterest'],
  'tiktok.com': ['*.tiktok.com', 'app:com.zhiliaoapp.musically'],
  'snapchat.com': ['*.snapchat.com', 'app:com.snapchat.android'],
  'tumblr.com': ['*.tumblr.com', 't.umblr.com'],
  'quora.com': ['*.quora.com'],
  'vk.com': ['*.vk.com', 'vk.ru', 'away.vk.ru'],
  'ok.ru': ['*.ok.ru'],
  'weibo.com': ['*.weibo.com', 'weibo.cn', 't.cn'],
  'xing.com': ['*.xing.com'],
  'telegram.org': ['t.me', 'web.telegram.org', 'app:org.telegram.messenger'],
  'whatsapp.com': ['*.whatsapp.com', 'wa.me', 'app:com.whatsapp'],
  'discord.com': ['*.discord.com', 'discordapp.com', 'app:com.discord'],
  'slack.com': ['app.slack.com', 'app:com.slack'],
  'line.me': ['*.line.me', 'app:jp.naver.line.android'],
  'kakao.com': ['*.kakao.com', 'app:com.kakao.talk'],
  'flipboard.com': ['*.flipboard.com', 'app:flipboard.app'],
  'producthunt.com': ['*.producthunt.com'],
  'stackoverflow.com': ['*.stackoverflow.com'],
  'twitch.tv': ['*.twitch.tv'],
  'daily.dev': ['app.daily.dev'],
}

const MAIL: Hosts = {
  'mail.google.com': ['inbox.google.com', 'app:com.google.android.gm'],
  'outlook.com': [
    'outlook.live.com',
    'outlook.office.com',
    'outlook.office365.com',
    'outlook.cloud.microsoft',
  ],
  'mail.yahoo.com': ['*.mail.yahoo.com', 'mail.yahoo.co.jp', 'app:com.yahoo.mobile.client.android.mail'],
  'mail.proton.me': ['mail.protonmail.com', 'app:ch.protonmail.android'],
  'icloud.com': ['*.icloud.com'],
  'fastmail.com': ['*.fastmail.com'],
  'gmx.net': ['*.gmx.net', 'deref-gmx.net', 'deref-gmx.de', 'deref-gmx.com'],
  'web.de': ['*.web.de', 'deref-web.de', 'deref-web-02.de'],
  't-online.de': ['email.t-online.de'],
  'mail.ru': ['e.mail.ru', 'touch.mail.ru', 'app:ru.mail.mailapp'],
  'mail.yandex.com': ['mail.yandex.*'],
  'tutanota.com': ['app.tuta.com', 'mail.tutanota.com'],
  'posteo.de': [],
  'mailbox.org': ['*.mailbox.org'],
  'hey.com': ['app.hey.com'],
  'orange.fr': ['messagerie.orange.fr'],
  'mail.qq.com': ['*.mail.qq.com'],
  'mail.163.com': [],
  'mail.126.com': [],
  'zoho.com': ['mail.zoho.*'],
  'list-manage.com': ['*.list-manage.com'],
  'substack.com': ['email.mg1.substack.com', 'email.mg2.substack.com'],
}

const ASSISTANT: Hosts = {
  'chatgpt.com': ['*.chatgpt.com', 'chat.openai.com', 'app:com.openai.chatgpt'],
  'perplexity.ai': ['*.perplexity.ai', 'app:ai.perplexity.app.android'],
  'claude.ai': ['*.claude.ai', 'app:com.anthropic.claude'],
  'gemini.google.com': ['bard.google.com', 'app:com.google.android.apps.bard'],
  'notebooklm.google.com': ['notebooklm.google'],
  'copilot.microsoft.com': ['copilot.cloud.microsoft', 'm365.cloud.microsoft', 'app:com.microsoft.copilot'],
  'chat.mistral.ai': [],
  'chat.deepseek.com': [],
  'grok.com': ['grok.x.ai', 'app:ai.x.grok'],
  'meta.ai': ['*.meta.ai'],
  'poe.com': [],
  'phind.com': [],
  'chat.qwen.ai': [],
  'kimi.com': ['kimi.moonshot.cn'],
  'doubao.com': ['*.doubao.com'],
  'character.ai': [],
  'duck.ai': [],
}

/** The tables by channel. */
export const REFERRER_TABLES: readonly (readonly [channel: Channel, hosts: Hosts])[] = [
  ['search', SEARCH],
  ['social', SOCIAL],
  ['mail', MAIL],
  ['assistant', ASSISTANT],
]

/** `utm_medium` in lower case → channel. A medium that is not here says nothing. */
export const MEDIUM_CHANNELS: ReadonlyMap<string, Channel> = new Map([
  ...words('mail', 'email e-mail mail newsletter'),
  ...words('search', 'organic'),
  ...words('social', 'social social-media social_media'),
  ...words('paid', 'cpc ppc cpm cpv paid ad ads display banner retargeting affiliate sponsored'),
  ...words('paid', 'paidsearch paid-search paid_search paidsocial paid-social paid_social'),
])

/** What people write as `utm_source`, `ref` or `source` where it is neither a host nor a host's first label. */
export const SOURCE_CHANNELS: ReadonlyMap<string, Channel> = new Map([
  ...words('mail', 'newsletter email mail mailchimp buttondown gmail'),
  ...words('social', 'fb ig twitter hn hackernews mastodon bluesky'),
  ...words('assistant', 'openai copilot gemini'),
])

function words(channel: Channel, list: string): [word: string, channel: Channel][] {
  return list.split(' ').map((word) => [word, channel])
}
