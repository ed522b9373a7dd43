/**
 * Child process of browser.ts: unpacks the Chromium of @sparticuz/chromium 153.0.0 into TMPDIR and prints its path.
 *
 * A process of its own, because that package reads TMPDIR and sets LD_LIBRARY_PATH while it is imported.
 * AWS_LAMBDA_JS_RUNTIME=nodejs22.x makes it unpack its own NSS libraries too. Its `args` are never used: they switch
 * web security off.
 */
const { default: chromium } = await import('@sparticuz/chromium')

process.stdout.write(await chromium.executablePath())
