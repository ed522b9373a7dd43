/** Style of the HTML report: the layout of visit-report.typ on a screen, on a phone and on paper. Pure data; `color` is the operator's. */

const RULES = `:root{--ink:#191b1d;--ink2:#464b50;--ink3:#5f656b;--hair:#cfcfc8;--serif:"Source Serif 4",Georgia,serif;--sans:"Source Sans 3",system-ui,sans-serif}
*{box-sizing:border-box}
html{color-scheme:light;-webkit-text-size-adjust:100%}
body{margin:0;background:#fff;color:var(--ink);font:400 1.0625rem/1.5 var(--serif)}
main{max-width:54rem;margin:0 auto;padding:2rem 1.25rem 3rem 3.25rem;overflow-wrap:break-word}
p{margin:0 0 .9em}
.pre{white-space:pre-line}
h1,h2,h3{line-height:1.2;font-weight:600;break-after:avoid}
h1{font-size:2.75rem;letter-spacing:-.01em;margin:.25rem 0 1rem}
h2{font-size:1.5rem;margin:3.5rem 0 1.25rem -2.25rem;display:grid;grid-template-columns:2.25rem 1fr;align-items:baseline}
h2 .n{font:400 .9rem var(--sans);color:var(--own)}
h2.sub,h3{display:block;font:600 1rem/1.35 var(--sans);margin:1.75rem 0 .75rem}
header.by{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;justify-content:space-between;font:400 .85rem/1.4 var(--sans);color:var(--ink2);border-bottom:1.5px solid var(--own);padding-bottom:.35rem;margin-bottom:3rem}
header.by b{color:var(--ink);font-weight:600}
.logo{display:block;max-width:160px;max-height:48px;margin:0 0 1rem auto}
.title{font:400 1rem var(--sans);color:var(--ink3);margin:0}
.note{font:400 .875rem/1.45 var(--sans);color:var(--ink2)}
.label{font:400 .8125rem/1.45 var(--sans);color:var(--ink3)}
.lead{font-family:var(--sans);font-size:.94em;font-weight:600;color:var(--ink)}
.verdict{border-block:1px solid var(--hair);padding:1.25rem 0;margin:2rem 0}
.verdict .word{font:600 1rem var(--sans);margin:0}
.verdict .sentence{font-size:1.6rem;line-height:1.25;font-weight:600;margin:.6rem 0}
.verdict .sentence:last-child{margin-bottom:0}
.verdict .text{color:var(--ink2);margin:0}
.mk{width:.72em;height:.72em;fill:none;stroke:none;overflow:visible;margin-right:.4em}
.is-good{color:#27623f}.is-attention{color:#7d4600}.is-urgent{color:#a90f28}.is-not-proven{color:#583a8a}.is-accepted{color:#464b50}.is-note{color:#24549f}
.state{font-weight:600;white-space:nowrap}
.dials{list-style:none;display:grid;grid-template-columns:repeat(auto-fit,minmax(7.4rem,1fr));gap:1.25rem 1rem;padding:0;margin:2rem 0;font:400 .8125rem/1.4 var(--sans);color:var(--ink3)}
.dials svg.dial{width:6.5rem;height:auto;display:block}
.dials b{display:block;font-size:.95rem;font-weight:600;color:var(--ink)}
.dials .state{display:block;font-size:.9rem}
.dials span{display:block}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:1rem;margin:2rem 0 1.5rem}
.figures div{display:flex;flex-direction:column-reverse;justify-content:flex-end}
.figures dd{margin:0;font-size:1.6rem;font-weight:600;line-height:1.2}
.figures dt{font:400 .875rem/1.4 var(--sans);color:var(--ink2)}
.scroll{overflow-x:auto;margin:0 0 1rem}
.scroll:focus-visible{outline:2px solid #0b5c69;outline-offset:2px}
table{width:100%;border-collapse:collapse;font:400 .875rem/1.35 var(--sans);font-variant-numeric:tabular-nums;overflow-wrap:normal}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th{font-weight:400;font-size:.8125rem;color:var(--ink3);text-align:left;vertical-align:bottom;border-bottom:1.5px solid var(--own);padding:.3rem .4rem;white-space:pre-line}
td{text-align:left;vertical-align:top;border-bottom:1px solid var(--hair);padding:.4rem;white-space:pre-line}
.whole{white-space:nowrap}
th:first-child,td:first-child{padding-left:0}
.num{text-align:right}
tr.shaded td{background:#f0efeb}
td.strong{font-weight:600}td.reading{font-family:var(--serif);font-size:.97rem;min-width:14ch}td.quiet{color:var(--ink2)}
td small{display:block;white-space:normal;min-width:14ch;color:var(--ink3);font-size:.8125rem;font-weight:400}
.items{list-style:none;padding:0;margin:0 0 1rem}
.items li{display:grid;grid-template-columns:1.25rem 1fr;margin-bottom:.6rem;font-size:1rem;line-height:1.4}
.items .note{display:block}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 2.25rem}
.pair>div{min-width:0}
.pair>div>:first-child{margin-top:.5rem}
.decision{border-bottom:1px solid var(--hair);padding:.25rem 0 1rem;margin-bottom:1.25rem;break-inside:avoid}
.decision .grid{display:grid;grid-template-columns:1fr 12rem;gap:.5rem 2rem}
.decision .price{border-left:1px solid var(--hair);padding-left:1rem}
.decision .price p{margin:0 0 .25rem}
.decision .cost{font-size:1.2rem;font-weight:600;line-height:1.3}
.decision .otherwise{color:var(--ink2)}
.answer{font:400 .9rem/1.5 var(--sans);color:var(--ink2);margin:.5rem 0 0}
.answer b{color:var(--ink);font-weight:600}
.boxes{list-style:none;padding:0;margin:.5rem 0 0;display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;font:400 .9rem/1.5 var(--sans);color:var(--ink2)}
.box{display:inline-block;width:.75em;height:.75em;border:1px solid var(--ink3);margin-right:.5em}
.blank{display:inline-block;width:7rem;border-bottom:1px dotted var(--ink3);margin-left:.4em}
figure{margin:1rem 0;break-inside:avoid}
figure svg{max-width:100%;height:auto}
dl.terms{font-size:1rem}
dl.terms div{margin-bottom:.35rem}
dl.terms dt,dl.terms dd{display:inline;margin:0}
.legend{margin-top:2.5rem}
.legend span{white-space:nowrap}
footer{border-top:1px solid var(--hair);margin-top:3rem;padding-top:.5rem;font:400 .8rem/1.4 var(--sans);color:var(--ink3)}
footer .hash{font-size:.72rem;overflow-wrap:anywhere}
@media (max-width:40rem){main{padding:1.25rem}h1{font-size:2rem}h2{margin-left:0;grid-template-columns:1.5rem 1fr}.pair,.decision .grid{grid-template-columns:1fr}.decision .price{border-left:0;padding-left:0}}
@media print{html{font-size:11.5px}.dials{grid-template-columns:repeat(5,1fr);gap:0 .75rem}.figures{grid-template-columns:repeat(4,1fr)}header.by{margin-bottom:2rem}.whole,.state{white-space:pre-line}@page{size:A4;margin:20mm 18mm}main{max-width:none;padding:0 0 0 9mm}h2{break-before:auto;margin-top:10mm}.newpage{break-before:page}.scroll{overflow:visible}thead{display:table-header-group}tr{break-inside:avoid}tr.shaded td{print-color-adjust:exact}}
@media (forced-colors:active){.mk,svg{forced-color-adjust:none;background:#fff}}`

/** @returns the style sheet; `color` is one that `operatorColor` made. */
export function reportCss(color: string): string {
  return `:root{--own:${color}}\n${RULES}`
}
