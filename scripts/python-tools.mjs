// Puts programs that tests want beside node_modules' other caches, each set in a place of its own:
//
//   aws-tools  MiniStack (an emulator of AWS), AWS's own command line, and cfn-lint; 400 MB
//   api-tools  Schemathesis, which asks the API what its description allows, and what it does not, pandas, which reads
//              it, and Prometheus' own reader of metrics; 250 MB
//
// They come from PyPI and need Python 3.10 with venv.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const TOOLS = {
  'aws-tools': ['ministack==1.5.33', 'awscli==1.46.3', 'cfn-lint==1.58.0'],
  'api-tools': ['schemathesis==4.32.5', 'pandas==3.1.1', 'prometheus-client==0.26.0'],
}

function run(program, ...args) {
  const { status } = spawnSync(program, args, { stdio: ['ignore', 2, 2] })
  if (status !== 0) process.exit(1)
}

for (const name of process.argv.slice(2)) {
  const folder = fileURLToPath(new URL(`../node_modules/.cache/${name}`, import.meta.url))
  if (!existsSync(`${folder}/bin/pip`)) run('python3', '-m', 'venv', folder)
  run(`${folder}/bin/pip`, 'install', '--quiet', '--disable-pip-version-check', ...TOOLS[name])
}
