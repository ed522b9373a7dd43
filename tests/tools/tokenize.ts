/**
 * Splits TypeScript, TSX or JavaScript into tokens, so that the house tests can look at code without comments, strings
 * and regular expressions fooling them. Pure. (TypeScript 7 has no compiler API for JavaScript yet.)
 *
 * A tokenizer, not a parser: JSX text comes out as words and punctuation; a quote that is not closed on its line is
 * taken as punctuation, so an apostrophe in JSX text costs one token and not the rest of the file.
 */

/** One token. `start` and `end` are offsets into the text, `line` and `endLine` count from 1. */
export interface Token {
  readonly kind: 'comment' | 'string' | 'template' | 'regex' | 'number' | 'word' | 'punct'
  readonly text: string
  readonly start: number
  readonly end: number
  readonly line: number
  readonly endLine: number
}

/** Keywords after which a slash starts a regular expression, though a word came before it. */
const BEFORE_REGEX = new Set(
  'return typeof case in of delete void throw new do else instanceof yield await default'.split(' '),
)
const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|^#![^\n]*/y
const STRING = /'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"/y
const REGEX = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y
const NUMBER = /(?:0[xXbBoO][\da-fA-F_]+|(?:\d[\d_]*)?\.?\d[\d_]*(?:[eE][+-]?\d+)?)n?/y
const WORD = /[#@]?[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy
const PUNCT = /=>|\?\.(?!\d)|\.\.\.|[=!]==?|[<>]=|&&=?|\|\|=?|\?\?=?|\*\*=?|\+\+|--|[-+*/%&|^]=|[\s\S]/y
/** From a backtick, or from the brace that ends a substitution, to the next substitution or the closing backtick. */
const TEMPLATE = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{|$)/y

/** True when a slash after `before` divides; false when it starts a regular expression. */
function endsValue(before: Token | undefined): boolean {
  if (before === undefined) return false
  if (before.kind === 'word') return !BEFORE_REGEX.has(before.text)
  // `</b>` and `/>` are JSX: no expression compares with a regular expression.
  if (before.kind === 'punct') return [')', ']', '}', '<', '++', '--'].includes(before.text)
  return before.kind !== 'comment'
}

class Scanner {
  readonly tokens: Token[] = []
  private readonly text: string
  private at = 0
  private line = 1
  private lastCode: Token | undefined
  /** Open braces; true for one that opened a template's substitution. */
  private readonly braces: boolean[] = []

  constructor(text: string) {
    this.text = text
  }

  scan(): Token[] {
    while (this.at < this.text.length) {
      const here = this.text[this.at] ?? ''
      if (here === '\n') this.line++
      if (/\s/.test(here)) this.at++
      else this.next(here)
    }
    return this.tokens
  }

  /** Takes the token that starts here; true, since any character makes one. */
  private next(here: string): boolean {
    if (this.take('comment', COMMENT)) return true
    if ((here === "'" || here === '"') && this.take('string', STRING)) return true
    if (here === '`') return this.template(1)
    if (here === '/' && !endsValue(this.lastCode) && this.take('regex', REGEX)) return true
    if (/[\d.]/.test(here) && /\d/.test(this.text.slice(this.at, this.at + 2)) && this.take('number', NUMBER))
      return true
    if (this.take('word', WORD)) return true
    if (here === '{') this.braces.push(false)
    if (here === '}' && this.braces.pop() === true) return this.template(1)
    return this.take('punct', PUNCT)
  }

  /** Takes a piece of a template literal whose first `skip` characters are its delimiter. */
  private template(skip: number): boolean {
    TEMPLATE.lastIndex = this.at + skip
    const found = TEMPLATE.exec(this.text)?.[0] ?? ''
    if (found.endsWith('${')) this.braces.push(true)
    return this.push('template', this.text.slice(this.at, this.at + skip + found.length))
  }

  private take(kind: Token['kind'], pattern: RegExp): boolean {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0]
    if (found === undefined || found === '') return false
    return this.push(kind, found)
  }

  private push(kind: Token['kind'], text: string): true {
    const endLine = this.line + text.split('\n').length - 1
    const token = { kind, text, start: this.at, end: this.at + text.length, line: this.line, endLine }
    this.tokens.push(token)
    if (kind !== 'comment') this.lastCode = token
    this.at = token.end
    this.line = endLine
    return true
  }
}

/** All tokens of `text` in order, comments included, white space left out. Any text gives an answer; it never throws. */
export function tokenize(text: string): readonly Token[] {
  return new Scanner(text).scan()
}

/** The tokens without the comments. */
export function codeTokens(text: string): readonly Token[] {
  return tokenize(text).filter((token) => token.kind !== 'comment')
}
