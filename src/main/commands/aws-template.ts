import type { Call } from '../command.ts'
import { readDeployFile } from '../deploy-files.ts'
import { print } from '../output.ts'

/** `aws template`: the template, or the script that does the same step by step. */
export async function runAwsTemplate(call: Call): Promise<void> {
  await print(await readDeployFile(call.has('long-way') ? 'long-way.sh' : 'template.yaml'))
}
