import { unpackCode } from '../../aws/packed-code.ts'
import type { Call } from '../command.ts'
import { misuse } from '../command.ts'
import { readDeployFile } from '../deploy-files.ts'
import { print } from '../output.ts'

/** `aws template`: the template, the function's code in it, or the script that does the same step by step. */
export async function runAwsTemplate(call: Call): Promise<void> {
  const [longWay, code] = [call.has('long-way'), call.has('code')]
  if (longWay && code) throw misuse('aws template', '--code and --long-way are two things to print, say one')
  const text = await readDeployFile(longWay ? 'long-way.sh' : 'template.yaml')
  await print(code ? unpackCode(text) : text)
}
