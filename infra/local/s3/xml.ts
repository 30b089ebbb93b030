// The little XML that S3 speaks: written from plain objects, read into a tree. No DTD, no namespaces, no entities but the five.
import { S3Fault } from './s3-fault.ts';

type XmlContent = string | number | boolean | undefined | XmlFields | readonly XmlFields[] | readonly string[];
export interface XmlFields {
  readonly [name: string]: XmlContent;
}

// XML 1.0 has no place for control characters: a client that has such keys asks for `encoding-type=url`.
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;', '\n': '&#10;', '\t': '&#9;' };

function element(name: string, content: XmlContent): string {
  if (content === undefined) return '';
  if (Array.isArray(content)) return content.map((one: XmlContent) => element(name, one)).join('');
  if (typeof content === 'object') {
    const inner = Object.entries(content as XmlFields).map(([child, value]) => element(child, value));
    return `<${name}>${inner.join('')}</${name}>`;
  }
  return `<${name}>${String(content).replace(/[&<>"\r\n\t]/g, (c) => escapes[c] ?? c)}</${name}>`;
}

export function toXml(root: string, fields: XmlFields): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, fields)}`;
}

export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(#x[0-9a-fA-F]+|#[0-9]+|[a-z]+);/g, (_, body: string) => {
    if (body.startsWith('#')) {
      const code = body.startsWith('#x') ? Number.parseInt(body.slice(2), 16) : Number(body.slice(1));
      if (code > 0x10ffff) throw new S3Fault('MalformedXML', 'A character reference is out of range.');
      return String.fromCodePoint(code);
    }
    const known = entities[body];
    if (known === undefined) throw new S3Fault('MalformedXML', 'An unknown entity was used.');
    return known;
  });
}

interface OpenElement {
  name: string;
  text: string;
  children: XmlElement[];
}

/** Reads a document; the root must bear the given name. */
export function parseXml(document: string, root: string): XmlElement {
  const malformed = () => new S3Fault('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema.');
  const top: OpenElement = { name: '', text: '', children: [] };
  const stack: OpenElement[] = [top];
  let at = 0;
  while (at < document.length) {
    const here = stack.at(-1) ?? top;
    const open = document.indexOf('<', at);
    here.text += unescaped(document.slice(at, open === -1 ? document.length : open));
    if (open === -1) break;
    const comment = document.startsWith('<!--', open);
    const close = document.indexOf(comment ? '-->' : '>', open);
    if (close === -1 || document.startsWith('<!D', open)) throw malformed();
    at = close + (comment ? 3 : 1);
    const tag = document.slice(open + 1, close);
    if (comment || tag.startsWith('?')) continue;
    if (tag.startsWith('/')) {
      if (stack.length < 2 || here.name !== tag.slice(1).trim()) throw malformed();
      stack.pop();
      continue;
    }
    const name = /^[A-Za-z_][\w.:-]*/.exec(tag)?.[0];
    if (name === undefined || stack.length > 20) throw malformed();
    const child: OpenElement = { name: name.replace(/^.*:/, ''), text: '', children: [] };
    here.children.push(child);
    if (!tag.endsWith('/')) stack.push(child);
  }
  const [only] = top.children;
  if (stack.length !== 1 || top.children.length !== 1 || only?.name !== root) throw malformed();
  return only;
}

export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

export function textOf(element: XmlElement | undefined, name: string): string | undefined {
  return childOf(element, name)?.text.trim();
}
