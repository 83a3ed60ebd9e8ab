// Puts the tools that the AWS tests want beside node_modules' other caches: MiniStack (an emulator of AWS), AWS's
// own command line, and cfn-lint. They come from PyPI (400 MB) and need Python 3.10 with venv.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const PACKAGES = ['ministack==1.5.33', 'awscli==1.46.3', 'cfn-lint==1.58.0']
const folder = fileURLToPath(new URL('../node_modules/.cache/aws-tools', import.meta.url))

function run(program, ...args) {
  const { status } = spawnSync(program, args, { stdio: ['ignore', 2, 2] })
  if (status !== 0) process.exit(1)
}

if (!existsSync(`${folder}/bin/pip`)) run('python3', '-m', 'venv', folder)
run(`${folder}/bin/pip`, 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES)
