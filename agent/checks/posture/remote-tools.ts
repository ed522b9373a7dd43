/** Programs for remote control, told by the name of their service or process. Pure data and look-up. */

/** Name of the tool by what its service, unit, process or launchd file is called. [memory] Data that is easy to correct. */
const TOOLS: readonly (readonly [RegExp, string])[] = [
  [/^(?:com\.)?teamviewer/i, 'teamviewer'],
  [/^(?:com\.philandro\.)?anydesk/i, 'anydesk'],
  [/^(?:com\.carriez\.)?rustdesk/i, 'rustdesk'],
  [/^(?:com\.)?(?:splashtop|SplashtopRemoteService|SRStreamer)/i, 'splashtop'],
  [/^(?:com\.logmein|LogMeIn|LMIGuardian)/i, 'logmein'],
  [/^(?:ScreenConnect|connectwisecontrol)/i, 'screenconnect'],
  [/^(?:chromoting|org\.chromium\.chromoting|chrome-remote-desktop)/i, 'chrome-remote-desktop'],
  [/^(?:nxserver|nxservice|com\.nomachine)/i, 'nomachine'],
  [/^(?:mesh ?agent)/i, 'meshagent'],
  [/^(?:dwagent|dwagsvc)/i, 'dwservice'],
  [/^(?:tvnserver|uvnc_service|winvnc|vncserver|vncserver-x11|com\.realvnc|x11vnc|x0vncserver|Xvnc|Xtigervnc)/i, 'vnc'],
  [/^(?:SupremoService|com\.supremo)/i, 'supremo'],
  [/^(?:AteraAgent|com\.atera)/i, 'atera'],
  [/^(?:Remote Utilities|rutserv)/i, 'remote-utilities'],
]
const MOST = 16

/** @returns the tools behind the names, sorted, each once. */
export function remoteTools(names: Iterable<string>): string[] {
  const found = new Set<string>()
  for (const name of names) {
    const tool = TOOLS.find(([pattern]) => pattern.test(name.slice(0, 100)))?.[1]
    if (tool !== undefined) found.add(tool)
  }
  return [...found].sort().slice(0, MOST)
}
