// The Merkle tree of RFC 6962 (section 2.1) over leaves that come one by one; kept are only the roots of whole subtrees, one a size.
//
//   leaf  SHA-256(0x00 ‖ content)      node  SHA-256(0x01 ‖ left ‖ right)      nothing  SHA-256()

/** 32 bytes; a string is hashed as UTF-8. */
export type Sha256 = (content: string | Uint8Array) => Uint8Array;

export interface MerkleTree {
  readonly add: (leaf: Uint8Array) => void;
  readonly size: () => number;
  readonly root: () => Uint8Array;
}

export function leafHash(sha256: Sha256, content: string): Uint8Array {
  return sha256(`\u0000${content}`);
}

export function makeMerkleTree(sha256: Sha256): MerkleTree {
  const subtrees: { readonly size: number; readonly root: Uint8Array }[] = [];
  let size = 0;
  const pair = new Uint8Array(65);
  pair[0] = 1;
  const node = (left: Uint8Array, right: Uint8Array) => {
    pair.set(left, 1);
    pair.set(right, 33);
    return sha256(pair);
  };

  function add(leaf: Uint8Array): void {
    size++;
    let whole = { size: 1, root: leaf };
    for (let left = subtrees.at(-1); left?.size === whole.size; left = subtrees.at(-1)) {
      subtrees.pop();
      whole = { size: whole.size * 2, root: node(left.root, whole.root) };
    }
    subtrees.push(whole);
  }

  function root(): Uint8Array {
    const last = subtrees.at(-1);
    if (last === undefined) return sha256('');
    return subtrees.slice(0, -1).reduceRight((right, left) => node(left.root, right), last.root);
  }

  return { add, size: () => size, root };
}
