// Small marks drawn, not typed: a font may lack them.
const shapes = {
  ring: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="2" />,
  half: (
    <>
      <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M6 2a4 4 0 0 1 0 8z" fill="currentColor" />
    </>
  ),
  disc: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  triangle: <path d="M6 1l5.500 10H.5z" fill="currentColor" />,
  square: <path d="M1.500 1.500h9v9h-9z" fill="currentColor" />,
  tick: <path d="M1.500 6.500l3 3 6-7" fill="none" stroke="currentColor" strokeWidth="2" />,
  cross: <path d="M2 2l8 8M10 2l-8 8" fill="none" stroke="currentColor" strokeWidth="2" />,
} as const;

export type ShapeName = keyof typeof shapes;

export function Shape({ name }: { readonly name: ShapeName }) {
  return (
    <svg aria-hidden="true" className="shape" width="12" height="12" viewBox="0 0 12 12">
      {shapes[name]}
    </svg>
  );
}
