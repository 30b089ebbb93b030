// Draws the screens of the help pages: a phone or a window of our own, of no brand, with one thing pointed at. Its words are its label.
import type { ReactNode } from 'react';
import type { Drawing } from './drawing.ts';
import { drawingLabel } from './drawing-label.ts';

/** Lines of at most so many letters, broken at spaces; a third line is never needed. */
function wrapped(label: string, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of label.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

interface WordsProps {
  readonly x: number;
  /** Middle of the words. */
  readonly y: number;
  readonly most: number;
  readonly children: string;
  readonly strong?: boolean;
  readonly small?: boolean;
  readonly anchor?: 'start' | 'middle';
}

function Words({ x, y, most, children, strong = false, small = false, anchor = 'start' }: WordsProps) {
  const lines = wrapped(children, most);
  return (
    <text className={`drawing__words${strong ? ' drawing__words--strong' : ''}${small ? ' drawing__words--small' : ''}`} textAnchor={anchor}>
      {lines.map((line, at) => (
        <tspan key={line} x={x} y={y + 4 + (at - (lines.length - 1) / 2) * 14}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

/** The place to tap: two rings. */
function Tap({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <g className="drawing__tap">
      <circle cx={x} cy={y} r="15" className="drawing__tap-far" />
      <circle cx={x} cy={y} r="8" className="drawing__tap-near" />
    </g>
  );
}

const Marked = ({ x, y, width, height }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }) => (
  <rect x={x} y={y} width={width} height={height} rx="6" className="drawing__marked" />
);

const screen = { x: 34, y: 22, width: 172, height: 276 } as const;

function Phone({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <svg role="img" aria-label={label} className="drawing" viewBox="0 0 240 320">
      <rect x="26" y="8" width="188" height="304" rx="24" className="drawing__case" />
      <rect x={screen.x} y={screen.y} width={screen.width} height={screen.height} rx="12" className="drawing__screen" />
      <rect x="100" y="13" width="40" height="4" rx="2" className="drawing__speaker" />
      {children}
    </svg>
  );
}

function Bar({ title, mark }: { readonly title: string; readonly mark: 'title' | 'dots' | 'none' }) {
  return (
    <>
      <path d="M34 34a12 12 0 0 1 12-12h148a12 12 0 0 1 12 12v28H34z" className="drawing__bar" />
      <path d="M50 37l-6 6 6 6" className="drawing__stroke" />
      {mark === 'title' ? <Marked x={54} y={28} width={144} height={30} /> : null}
      <circle cx="68" cy="43" r="11" className="drawing__face" />
      <Words x={86} y={43} most={12} strong>
        {title}
      </Words>
      {mark === 'title' ? null : (
        <g className="drawing__dots">
          <circle cx="192" cy="37" r="2" />
          <circle cx="192" cy="43" r="2" />
          <circle cx="192" cy="49" r="2" />
        </g>
      )}
    </>
  );
}

/** A conversation of which nothing can be read. */
function Bubbles() {
  return (
    <g>
      <rect x="44" y="76" width="104" height="34" rx="8" className="drawing__theirs" />
      <path d="M54 88h78M54 98h52" className="drawing__line" />
      <rect x="84" y="120" width="112" height="46" rx="8" className="drawing__ours" />
      <path d="M94 132h88M94 143h88M94 154h40" className="drawing__line" />
      <rect x="44" y="176" width="88" height="24" rx="8" className="drawing__theirs" />
      <path d="M54 188h62" className="drawing__line" />
      <rect x="104" y="210" width="92" height="34" rx="8" className="drawing__ours" />
      <path d="M114 222h70M114 232h44" className="drawing__line" />
      <rect x="44" y="266" width="152" height="22" rx="11" className="drawing__field" />
    </g>
  );
}

function PlainBar({ title }: { readonly title: string }) {
  return (
    <>
      <path d="M34 34a12 12 0 0 1 12-12h148a12 12 0 0 1 12 12v28H34z" className="drawing__bar" />
      <path d="M50 37l-6 6 6 6" className="drawing__stroke" />
      <Words x={62} y={43} most={20} strong>
        {title}
      </Words>
    </>
  );
}

function Rows({ items, mark }: { readonly items: readonly string[]; readonly mark: number }) {
  return (
    <>
      {items.map((item, at) => {
        const y = 68 + at * 46;
        return (
          <g key={item}>
            {at === mark ? <Marked x={38} y={y + 2} width={164} height={42} /> : null}
            <Words x={48} y={y + 23} most={20}>
              {item}
            </Words>
            <path d={`M190 ${y + 18}l5 5-5 5`} className="drawing__stroke" />
            <path d={`M46 ${y + 46}h148`} className="drawing__rule" />
            {at === mark ? <Tap x={174} y={y + 23} /> : null}
          </g>
        );
      })}
    </>
  );
}

function Switches({ items }: { readonly items: readonly (readonly [string, boolean])[] }) {
  return (
    <>
      {items.map(([label, on], at) => {
        const y = 68 + at * 46;
        return (
          <g key={label}>
            <Words x={48} y={y + 23} most={16}>
              {label}
            </Words>
            <rect x="158" y={y + 14} width="34" height="18" rx="9" className={on ? 'drawing__switch drawing__switch--on' : 'drawing__switch'} />
            <circle cx={on ? 183 : 167} cy={y + 23} r="6.500" className="drawing__knob" />
            <path d={`M46 ${y + 46}h148`} className="drawing__rule" />
          </g>
        );
      })}
    </>
  );
}

/** A question or a menu that lies over the conversation. */
function Over({ title, items, mark, top }: { readonly title: string | null; readonly items: readonly string[]; readonly mark: number; readonly top: number }) {
  const head = title === null ? 8 : 44;
  const row = 36;
  return (
    <g>
      <rect x="52" y={top} width="146" height={head + items.length * row + 8} rx="8" className="drawing__over" />
      {title === null ? null : (
        <Words x={64} y={top + 24} most={18} strong>
          {title}
        </Words>
      )}
      {items.map((item, at) => {
        const y = top + head + at * row;
        return (
          <g key={item}>
            {at === mark ? <Marked x={56} y={y} width={138} height={row - 2} /> : null}
            <Words x={64} y={y + row / 2 - 1} most={17}>
              {item}
            </Words>
            {at === mark ? <Tap x={178} y={y + row / 2 - 1} /> : null}
          </g>
        );
      })}
    </g>
  );
}

function Share({ items, mark }: { readonly items: readonly string[]; readonly mark: number }) {
  return (
    <g>
      <path d="M34 176a14 14 0 0 1 14-14h144a14 14 0 0 1 14 14v110a12 12 0 0 1-12 12H46a12 12 0 0 1-12-12z" className="drawing__over" />
      <path d="M104 172h32" className="drawing__line" />
      {items.map((item, at) => {
        const x = 63 + at * 57;
        return (
          <g key={item}>
            <rect x={x - 20} y={192} width="40" height="40" rx="10" className={at === mark ? 'drawing__app drawing__app--marked' : 'drawing__app'} />
            <path d={`M${x} 204v14m-6-6 6 6 6-6`} className="drawing__stroke" />
            <Words x={x} y={248} most={10} anchor="middle" small>
              {item}
            </Words>
            {at === mark ? <Tap x={x + 14} y={224} /> : null}
          </g>
        );
      })}
    </g>
  );
}

function Pin() {
  return (
    <g>
      {Array.from({ length: 6 }, (_, at) => at).map((at) => (
        <g key={at}>
          <rect x={46 + at * 25} y="96" width="20" height="28" rx="4" className="drawing__field" />
          {at < 4 ? <circle cx={56 + at * 25} cy="110" r="4" className="drawing__ink" /> : null}
        </g>
      ))}
      {Array.from({ length: 12 }, (_, at) => at).map((at) => (
        <rect key={at} x={54 + (at % 3) * 48} y={152 + Math.floor(at / 3) * 34} width="36" height="24" rx="6" className="drawing__theirs" />
      ))}
    </g>
  );
}

function Window({
  label,
  title,
  items,
  mark,
  files,
}: {
  readonly label: string;
  readonly title: string;
  readonly items: readonly string[];
  readonly mark: number;
  readonly files: boolean;
}) {
  return (
    <svg role="img" aria-label={label} className="drawing" viewBox="0 0 240 320">
      <rect x="8" y="52" width="224" height="176" rx="10" className="drawing__case" />
      <rect x="14" y="58" width="212" height="164" rx="6" className="drawing__screen" />
      <path d="M14 64a6 6 0 0 1 6-6h200a6 6 0 0 1 6 6v22H14z" className="drawing__bar" />
      <g className="drawing__dots">
        <circle cx="24" cy="72" r="3" />
        <circle cx="34" cy="72" r="3" />
        <circle cx="44" cy="72" r="3" />
      </g>
      <Words x={56} y={72} most={24} strong>
        {title}
      </Words>
      {items.map((item, at) => {
        const y = 92 + at * 32;
        return (
          <g key={item}>
            {at === mark ? <Marked x={20} y={y} width={200} height={30} /> : null}
            {files ? <path d={`M30 ${y + 6}h8l4 4v14H30z`} className="drawing__stroke" /> : <circle cx="36" cy={y + 15} r="7" className="drawing__face" />}
            <Words x={52} y={y + 15} most={files ? 26 : 22}>
              {item}
            </Words>
            {at === mark ? <Tap x={204} y={y + 15} /> : null}
          </g>
        );
      })}
      <path d="M96 234h48l8 30H88z" className="drawing__case" />
      <path d="M72 264h96" className="drawing__foot" />
    </svg>
  );
}

export function DeviceDrawing({ drawing }: { readonly drawing: Drawing }) {
  const label = drawingLabel(drawing);
  switch (drawing.kind) {
    case 'chat':
      return (
        <Phone label={label}>
          <Bar title={drawing.title} mark={drawing.mark} />
          <Bubbles />
          {drawing.mark === 'title' ? <Tap x={180} y={43} /> : <Tap x={192} y={43} />}
        </Phone>
      );
    case 'menu':
      return (
        <Phone label={label}>
          <Bar title={drawing.title} mark="none" />
          <Bubbles />
          <Over title={null} items={drawing.items} mark={drawing.mark} top={52} />
        </Phone>
      );
    case 'question':
      return (
        <Phone label={label}>
          <Bubbles />
          <rect {...screen} rx="12" className="drawing__dim" />
          <Over title={drawing.title} items={drawing.items} mark={drawing.mark} top={92} />
        </Phone>
      );
    case 'list':
      return (
        <Phone label={label}>
          <PlainBar title={drawing.title} />
          <Rows items={drawing.items} mark={drawing.mark} />
        </Phone>
      );
    case 'switches':
      return (
        <Phone label={label}>
          <PlainBar title={drawing.title} />
          <Switches items={drawing.items} />
        </Phone>
      );
    case 'share':
      return (
        <Phone label={label}>
          <Bubbles />
          <rect {...screen} rx="12" className="drawing__dim" />
          <Share items={drawing.items} mark={drawing.mark} />
        </Phone>
      );
    case 'pin':
      return (
        <Phone label={label}>
          <PlainBar title={drawing.title} />
          <Pin />
        </Phone>
      );
    default:
      return <Window label={label} title={drawing.title} items={drawing.items} mark={drawing.mark} files={drawing.kind === 'files'} />;
  }
}
