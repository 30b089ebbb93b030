// The tree against the published vectors of the certificate-transparency project for RFC 6962 section 2.1, and against the definition.
import { test } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hexOf } from '#core/audit/canonical-item.ts';
import { leafHash, makeMerkleTree } from '#core/audit/merkle-tree.ts';
import { sha256 } from './memory-log.ts';

const contents = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map((hex) =>
  Buffer.from(hex, 'hex').toString(),
);
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

function treeOf(texts: readonly string[]) {
  const tree = makeMerkleTree(sha256);
  for (const text of texts) tree.add(leafHash(sha256, text));
  return tree;
}

/** RFC 6962 as it is written: split at the largest power of two below n. */
function defined(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256('');
  if (leaves.length === 1) return only;
  const k = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return sha256(Buffer.concat([Buffer.from([1]), defined(leaves.slice(0, k)), defined(leaves.slice(k))]));
}

describe('the tree', () => {
  it.each(roots.map((root, n) => [n, root] as const))('of %i leaves has the published root', (n, root) => {
    const tree = treeOf(contents.slice(0, n));
    expect([tree.size(), hexOf(tree.root())]).toEqual([n, root]);
  });

  test.prop([fc.array(fc.string(), { maxLength: 70 })])('is the one that the RFC defines', (texts) => {
    expect(hexOf(treeOf(texts).root())).toBe(hexOf(defined(texts.map((text) => leafHash(sha256, text)))));
  });
});
