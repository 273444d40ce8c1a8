// What the result rests on: hits and misses, where the input rows come from, which inputs move the ranking.
import { usePage, type PageHand } from "./context";
import { number, text } from "./data";
import { percent, plain } from "./format";
import { scoredOf } from "./bulletin";
import { Panel } from "./panel";

// From firm to invented; what has no row of its own is assumed.
const KINDS: [key: string, english: string, chinese: string, fill: string][] = [
    ["cited", "cited", "引用", "var(--s6)"],
    ["derived", "derived", "推导", "var(--s5)"],
    ["recalled", "recalled", "凭记忆", "var(--s4)"],
    ["estimated", "estimated", "估计", "var(--s3)"],
    ["assumed", "assumed", "假设", "var(--s2)"],
    ["synthetic", "synthetic", "合成", "var(--s1)"],
    ["other", "no confidence given", "未注明", "var(--rule)"],
];

interface Share {
    key: string;
    words: string;
    fill: string;
    rows: number;
}

const CHARGING =
    /^(sites|site_piles|feeders|piles|streams|profiles|curves|ev_|class_types|homes|hailing|tariffs|fleet_)/;

function sharesOf(page: PageHand, of: (table: string) => boolean): Share[] {
    const sums = new Map<string, number>();
    for (const row of page.result.rows("trust").filter((r) => of(text(r, "table_name")))) {
        const key = KINDS.some(([k]) => k === text(row, "confidence")) ? text(row, "confidence") : "other";
        sums.set(key, (sums.get(key) ?? 0) + number(row, "rows"));
    }
    return KINDS.map(([key, english, chinese, fill]) => ({
        key,
        words: page.t(english, chinese),
        fill,
        rows: sums.get(key) ?? 0,
    })).filter((s) => s.rows > 0);
}

function total(shares: Share[]): number {
    return shares.reduce((sum, s) => sum + s.rows, 0);
}

function Strip({ y, name, shares }: { y: number; name: string; shares: Share[] }) {
    const all = total(shares);
    let x = 0;
    return (
        <g transform={`translate(0 ${y})`}>
            <text x="0" y="12" font-size="13">
                {name}
                <tspan class="quiet"> {plain(all)}</tspan>
            </text>
            {shares.map((s) => {
                const width = (s.rows / all) * 520,
                    at = x;
                x += width;
                return (
                    <rect
                        key={s.key}
                        x={at}
                        y="19"
                        width={Math.max(0, width - 1)}
                        height="20"
                        fill={s.fill}
                        data-tip={`${s.words}: ${plain(s.rows)} (${percent(s.rows / all)})`}
                    />
                );
            })}
        </g>
    );
}

export function TrustPanel() {
    const page = usePage();
    const { t, result } = page;
    const chain = sharesOf(page, (table) => !CHARGING.test(table)),
        charging = sharesOf(page, (table) => CHARGING.test(table));
    const shares = sharesOf(page, () => true),
        all = total(shares);
    const firm = total(chain.filter((s) => ["cited", "derived"].includes(s.key))) / (total(chain) || 1);
    const score = scoredOf(page),
        moving = result.rows("sensitivity").slice(0, 5);
    return (
        <Panel
            id="trust"
            title={
                all > 0
                    ? t(
                          `${percent(firm, 0)} of the chain's input rows are cited or derived; the others are recalled, estimated, assumed or invented`,
                          `产业链输入行中${percent(firm, 0)}有引用或推导，其余凭记忆、估计、假设或合成`,
                      )
                    : t("What this rests on", "依据")
            }
            shows={t(
                `${plain(all)} input rows by how sure they are; figures kept out of the run, and whether it met them`,
                `${plain(all)}行输入按可信程度；未参与驱动的公布值是否相符`,
            )}
            source={t("trust, indicators, sensitivity", "trust、indicators、sensitivity")}
            sheet={() => ({
                columns: ["side", "confidence", "rows"],
                rows: [
                    ...chain.map((s) => ["chain", s.key, s.rows]),
                    ...charging.map((s) => ["charging", s.key, s.rows]),
                ],
            })}
        >
            {all > 0 && (
                <svg
                    data-drawing
                    width="100%"
                    viewBox={`0 0 520 ${charging.length > 0 ? 92 : 42}`}
                    role="img"
                    aria-label={shares.map((s) => `${s.words} ${percent(s.rows / all, 0)}`).join(", ")}
                >
                    <Strip y={0} name={t("Rows of the chain", "产业链输入行")} shares={chain} />
                    {charging.length > 0 && (
                        <Strip y={50} name={t("Rows of charging", "充电输入行")} shares={charging} />
                    )}
                </svg>
            )}
            <div class="legend">
                {shares.map((s) => (
                    <span key={s.key}>
                        <i
                            ref={(e) => {
                                if (e) e.style.background = s.fill;
                            }}
                        />
                        {s.words}
                    </span>
                ))}
            </div>
            <p style={{ marginTop: "12px" }}>
                {score.all > 0
                    ? t(
                          `Of ${score.all} scored figures ${score.hits} are hits (within 5 %, or inside the source's range) and ${score.all - score.hits} are misses.`,
                          `${score.all}个评分指标中，命中${score.hits}个（5 %以内或在出处给出的范围内），偏离${score.all - score.hits}个。`,
                      )
                    : t("No figure scores this run.", "本次运行没有评分指标。")}
            </p>
            {moving.length > 0 ? (
                <>
                    <h3 style={{ marginTop: "12px" }}>
                        {t(
                            "Five inputs that move the ranking most: share of pairs of rows that change order",
                            "最能改变排名的五个输入：次序改变的行对比例",
                        )}
                    </h3>
                    <table>
                        <tbody>
                            {moving.map((row) => (
                                <tr key={number(row, "rank")}>
                                    <td>
                                        {text(row, "table_name")} {text(row, "row")}
                                        <div class="sub">
                                            {[text(row, "column_name"), text(row, "source"), text(row, "confidence")]
                                                .filter(Boolean)
                                                .join(" · ")}
                                        </div>
                                    </td>
                                    <td class="n">{percent(number(row, "effect"))}</td>
                                </tr>
                            ))}
                        </tbody>
                    </table>
                </>
            ) : (
                <p class="sub" style={{ marginTop: "8px" }}>
                    {t("Which inputs move the ranking is measured by", "哪些输入改变排名，由此命令计量：")}{" "}
                    <code>autopolis stress {result.about("scenario")} --worlds 30</code>
                </p>
            )}
        </Panel>
    );
}
