/**
 * A mounted volume does not answer: the server behind it is gone, or its drive hangs.
 *
 * Limits: none; a network volume is a warning, a local one critical. Asked without blocking (the agent's child gives up in time).
 */
import { blind, defineRule, fail, pass } from '../rule.ts'

/** Rule `disk/volume-silent`; its limits stand at the top of this file. */
export const volumeSilent = defineRule({
  id: 'disk/volume-silent',
  needs: ['volumes'],
  limits: [],
  effortMinutes: 30,
  needsHands: false,
  *evaluate({ volumes }) {
    for (const { mount, device, network, size } of volumes) {
      if (size.state === 'value') yield pass(mount)
      else if (size.state === 'failed' && (size.code === 'hung' || size.code === 'timeout')) {
        yield fail(mount, network ? 'warning' : 'critical', { volume: mount, device })
      } else yield blind(mount, size)
    }
  },
})
