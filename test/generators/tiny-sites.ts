import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** A site small enough to be built in a test. */
export interface TinySite {
  /** By its name of `--for`. */
  readonly generator: string
  /** Where its program is; null where it is not installed. */
  readonly program: string | null
  /** True where a test may do without it on every machine. */
  readonly optional: boolean
  /** Names of pages as near to what its users may write as it goes. */
  readonly names: readonly string[]
  /** File of a page, with its text. */
  readonly page: (name: string) => readonly [file: string, text: string]
  /** All other files. @param tag as it is printed */
  readonly files: (tag: string) => Readonly<Record<string, string>>
  /** Arguments of the program, which runs in the site's folder and writes to `out`. */
  readonly args: readonly string[]
}

/** What every page says, so that it is known among those that a generator adds. */
export const MARK = 'A page of the tiny site'

const TOOLS = join(import.meta.dirname, '../../node_modules/.cache/generator-tools/node_modules')

const NAMES = ['plain', 'with space', 'café', 'a & b', 'quo"te', "it's"]
/** Letters that end a path where they are not escaped. */
const HOSTILE = ['what?', 'no #1', '50% off']

const DOCUMENT = (tag: string, content: string) =>
  `<!doctype html><html><head><title>x</title>\n${tag}\n</head><body>${content}</body></html>\n`

/** One for each generator that tests can run. */
export const TINY_SITES: readonly TinySite[] = [
  {
    generator: 'hugo',
    program: inPath('hugo'),
    optional: false,
    names: [...NAMES, 'what?'],
    page: (name) => [`content/${name}.md`, `---\ntitle: x\n${urlOfHugo(name)}---\n${MARK}\n`],
    files: (tag) => ({
      'config.toml': 'baseURL = "https://blog.example.org/"\ndisableKinds = ["taxonomy", "term"]\n',
      'layouts/_default/single.html': DOCUMENT(tag, '{{ .Content }}'),
      'layouts/_default/list.html': DOCUMENT(tag, ''),
    }),
    args: ['--quiet', '--destination', 'out'],
  },
  {
    generator: 'eleventy',
    program: existing(join(TOOLS, '@11ty/eleventy/cmd.cjs')),
    optional: false,
    names: [...NAMES, ...HOSTILE],
    page: (name) => [`${name}.md`, `---\nlayout: base.njk\n---\n${MARK}\n`],
    files: (tag) => ({ '_includes/base.njk': DOCUMENT(tag, '{{ content | safe }}') }),
    args: ['--quiet', '--input=.', '--output=out'],
  },
  {
    generator: 'astro',
    program: existing(join(TOOLS, 'astro/bin/astro.mjs')),
    optional: false,
    // Astro itself cannot build a page with "%" in its name, and escapes "?" and "#" twice.
    names: NAMES,
    page: (name) => [`src/names/${encodeURIComponent(name)}.txt`, name],
    files: (tag) => ({
      'package.json': '{ "type": "module" }\n',
      'astro.config.mjs': "export default { outDir: 'out' }\n",
      'src/pages/[name].astro': ASTRO_PAGES,
      'src/layouts/Layout.astro': `---\n---\n${DOCUMENT(tag, '<slot />')}`,
    }),
    args: ['build', '--silent'],
  },
  {
    generator: 'pelican',
    program: inPath('pelican'),
    optional: false,
    names: [...NAMES, ...HOSTILE],
    page: (name) => [`content/pages/${name}.md`, `Title: x\nSlug: ${name}\n\n${MARK}\n`],
    files: (tag) => ({
      'pelicanconf.py': PELICAN,
      'theme/templates/index.html': DOCUMENT(tag, ''),
      'theme/templates/page.html': DOCUMENT(tag, '{{ page.content }}'),
    }),
    args: ['content', '--quiet', '--output', 'out', '--settings', 'pelicanconf.py'],
  },
  {
    generator: 'mkdocs',
    program: inPath('mkdocs'),
    optional: false,
    names: [...NAMES, ...HOSTILE],
    page: (name) => [`docs/${name}.md`, `# x\n\n${MARK}\n`],
    files: (tag) => ({
      'mkdocs.yml': 'site_name: x\ntheme:\n  name: mkdocs\n  custom_dir: overrides\n',
      'docs/index.md': '# x\n',
      'overrides/main.html': tag,
    }),
    args: ['build', '--quiet', '--site-dir', 'out'],
  },
  {
    generator: 'jekyll',
    program: inPath('jekyll'),
    optional: true,
    names: [...NAMES, ...HOSTILE],
    page: (name) => [`${name}.md`, `---\nlayout: default\n---\n${MARK}\n`],
    files: (tag) => ({
      '_config.yml': 'exclude: [out]\n',
      '_layouts/default.html': DOCUMENT(tag, '{{ content }}'),
    }),
    args: ['build', '--quiet', '--destination', 'out'],
  },
  {
    generator: 'sphinx',
    program: inPath('sphinx-build'),
    optional: true,
    names: [...NAMES, ...HOSTILE],
    page: (name) => [`${name}.rst`, `:orphan:\n\nx\n=\n\n${MARK}\n`],
    files: (tag) => ({
      'conf.py': "templates_path = ['_templates']\nexclude_patterns = ['out']\n",
      'index.rst': 'x\n=\n',
      '_templates/layout.html': tag,
    }),
    args: ['-q', '.', 'out'],
  },
]

const ASTRO_PAGES = `---
import Layout from '../layouts/Layout.astro'
export function getStaticPaths() {
  const texts = import.meta.glob('../names/*.txt', { query: '?raw', import: 'default', eager: true })
  return Object.values(texts).map((name) => ({ params: { name } }))
}
---
<Layout>${MARK}</Layout>
`

const PELICAN = `PATH = 'content'
SITEURL = ''
THEME = 'theme'
TIMEZONE = 'UTC'
PAGE_PATHS = ['pages']
PAGE_SAVE_AS = PAGE_URL = '{slug}.html'
DIRECT_TEMPLATES = ['index']
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ''
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
`

/** Hugo makes plain addresses of file names; these are set by hand. */
function urlOfHugo(name: string): string {
  return name === 'a & b' || name === 'quo"te' ? `url: '/${name}/'\n` : ''
}

function inPath(program: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(':')
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file)) ?? null
}

function existing(file: string): string | null {
  return existsSync(file) ? file : null
}
