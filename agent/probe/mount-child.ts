/**
 * Child of the agent that touches one path on a network mount and prints the answer as JSON: when the server behind the mount
 * is dead, this process hangs and not the agent. I/O; run by `mount-reader.ts` with the agent's own runtime.
 * Arguments: operation (`volume | stat | follow | list | link | read | tail`), path, byte cap.
 */
import { linkTarget, listFolder, readFileBytes, statPath, volumeFacts } from './files.ts'

const [, , operation = '', path = '', cap = '0'] = process.argv

async function answer(): Promise<unknown> {
  if (operation === 'volume') return volumeFacts(path)
  if (operation === 'stat' || operation === 'follow') return statPath(path, operation === 'follow')
  if (operation === 'list') return listFolder(path)
  if (operation === 'link') return linkTarget(path)
  const bytes = await readFileBytes(path, Number(cap), operation === 'tail')
  return bytes.ok ? { ok: true, value: Buffer.from(bytes.value).toString('base64') } : bytes
}

process.stdout.write(JSON.stringify(await answer()))
