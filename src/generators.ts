import {
  inDocusaurusRoot,
  inJinjaBlock,
  inNextComponent,
  inVitepressConfig,
  inWordpressHook,
} from './generator-files.ts'
import type { Dialect } from './tag-markup.ts'
import { bloggerXml, html, htmlWithScript, jsx, markdown, PATH, vitepressHead } from './tag-markup.ts'

/** What makes pages, and how its tag is written. */
export interface Generator {
  readonly title: string
  /** Where the tag goes. */
  readonly where: string
  /** Where it goes when it names the page, if that is another place. */
  readonly whereNamed?: string
  readonly dialect: Dialect
  /** The page's path in its templates, escaped once so that it stays one value of a query. */
  readonly path: string
  /** The file around the tag. @param named whether the tag names the page */
  readonly file?: (tag: string, named: boolean) => string
  /** The same for what stands in the body, where that is written in another language. */
  readonly body?: { readonly dialect: Dialect; readonly path: string }
  /** What to know of each tag, of the one that names the page, and of the other. */
  readonly notes?: { readonly always?: string; readonly named?: string; readonly unnamed?: string }
  /** Set where the tag has to be a picture: its ending. */
  readonly picture?: 'png' | 'svg'
  /** True for what is no page of the site: no browser names it. */
  readonly foreign?: true
}

const SHOWN_BY_SCRIPT = 'Its script shows other pages without loading them:'

/** The closed table of what makes pages, in the order of lists. */
const TABLE: Readonly<Record<string, Generator>> = {
  html: { title: 'Plain HTML', where: 'the <head> of every page', dialect: html, path: PATH },
  hugo: {
    title: 'Hugo',
    where: 'the <head> of layouts/_default/baseof.html, or of your theme’s',
    dialect: html,
    path: '{{ .RelPermalink | urlquery }}',
  },
  jekyll: {
    title: 'Jekyll',
    where: 'the <head> of _layouts/default.html, or _includes/head.html',
    dialect: html,
    path: '{{ page.url | relative_url | replace: "?", "%3F" | url_encode }}',
  },
  eleventy: {
    title: 'Eleventy',
    where: 'the <head> of your layout, such as _includes/base.njk',
    dialect: html,
    path: '{{ page.url | url | urlencode | replace("%2F", "/") }}',
    notes: {
      named:
        'This is Nunjucks. Liquid says {{ page.url | url | url_encode | replace: "+", "%20" | replace: "%2F", "/" }}.',
    },
  },
  astro: {
    title: 'Astro',
    where: 'the <head> of your layout, such as src/layouts/Layout.astro',
    dialect: htmlWithScript,
    path: 'encodeURIComponent(Astro.url.pathname)',
  },
  zola: {
    title: 'Zola',
    where: 'the <head> of templates/base.html',
    dialect: html,
    path: '{{ current_url | default(value="/404.html") | urlencode_strict }}',
  },
  pelican: {
    title: 'Pelican',
    where: 'the <head> of your theme’s templates/base.html',
    dialect: html,
    path: '{{ SITEURL }}/{{ output_file | urlencode }}',
  },
  mkdocs: {
    title: 'MkDocs',
    where: 'overrides/main.html, with "custom_dir: overrides" under "theme:" in mkdocs.yml',
    dialect: html,
    path: '{{ page.abs_url or "/" ~ page.url }}',
    file: (tag) => inJinjaBlock('base.html', tag),
  },
  sphinx: {
    title: 'Sphinx',
    where: '_templates/layout.html, with templates_path = ["_templates"] in conf.py',
    dialect: html,
    path: '/{{ pagename | urlencode }}{{ file_suffix }}',
    file: (tag) => inJinjaBlock('!layout.html', tag),
    notes: {
      named:
        'Pages in a folder of the site: write it before {{ pagename }}. The builder dirhtml has "/" for {{ file_suffix }}.',
    },
  },
  vitepress: {
    title: 'VitePress',
    where: '.vitepress/config.js',
    dialect: vitepressHead,
    path: 'path(page)',
    file: inVitepressConfig,
    body: { dialect: html, path: PATH },
    notes: { always: `${SHOWN_BY_SCRIPT} those are not counted.` },
  },
  docusaurus: {
    title: 'Docusaurus',
    where: 'src/theme/Root.js',
    dialect: jsx,
    path: 'encodeURIComponent(useLocation().pathname)',
    file: inDocusaurusRoot,
    notes: {
      unnamed: `${SHOWN_BY_SCRIPT} those count only where the tag names the page, as the one for another site does.`,
    },
  },
  next: {
    title: 'Next.js',
    where: 'the <head> of app/layout.tsx',
    whereNamed: 'app/count.tsx, and <Count /> in the <head> of app/layout.tsx',
    dialect: jsx,
    path: 'encodeURIComponent(usePathname())',
    file: (tag, named) => (named ? inNextComponent(tag) : tag),
    notes: {
      unnamed: `${SHOWN_BY_SCRIPT} those count only where the tag names the page, as the one for another site does.`,
    },
  },
  wordpress: {
    title: 'WordPress',
    where: 'wp-content/mu-plugins/headcount.php',
    dialect: html,
    path: "<?= rawurlencode(strtok($_SERVER['REQUEST_URI'], '?')) ?>",
    file: inWordpressHook,
  },
  ghost: {
    title: 'Ghost',
    where: 'Settings, Code injection, Site header',
    whereNamed: 'the <head> of your theme’s default.hbs',
    dialect: html,
    path: '{{url}}',
  },
  blogger: {
    title: 'Blogger',
    where: 'Theme, Edit HTML, before </head>',
    dialect: bloggerXml,
    path: 'data:blog.canonicalUrl',
  },
  picture: {
    title: 'Pages without a head to write in',
    where: 'the body of every page',
    dialect: html,
    path: PATH,
    picture: 'svg',
  },
  feed: {
    title: 'RSS and Atom items',
    where: 'the end of each item’s content, escaped like the rest of it; {path} is the item’s own',
    dialect: html,
    path: PATH,
    picture: 'png',
    foreign: true,
    notes: {
      always:
        'Counts readers that load pictures themselves. Services that fetch for all their readers count once or, as bots, not at all.',
    },
  },
  email: {
    title: 'E-mail',
    where: 'the end of the HTML part; {path} is a name of yours, such as /mail/2026-11',
    dialect: html,
    path: PATH,
    picture: 'png',
    foreign: true,
    notes: {
      always:
        'Counts mail programs that load pictures. Gmail and Yahoo load them through machines of their own when a reader opens the mail: counted, with browser and country of nobody.',
    },
  },
  readme: {
    title: 'README on a code host',
    where: 'the file; {path} is a name of yours, such as /readme/my-project',
    dialect: markdown,
    path: PATH,
    picture: 'svg',
    foreign: true,
    notes: {
      always:
        'GitHub fetches the picture through a machine of its own when a reader looks: counted, with browser and country of nobody.',
    },
  },
}

/** By the name that `--for` takes. */
export const GENERATORS: ReadonlyMap<string, Generator> = new Map(Object.entries(TABLE))
