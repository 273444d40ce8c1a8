// Seven steps from little to much. Industry sits in few places, so its steps widen with the square; hours of a week
// hardly differ by so much, so theirs are even between the least and the most.
export const STEPS = 7;

export interface Steps {
    most: number;
    of: (value: number) => number;
    from: (step: number) => number;
}

export function stepsOf(values: number[]): Steps {
    const most = Math.max(0, ...values.filter(Number.isFinite));
    const of = (value: number) => {
        if (!(value > 0) || most === 0) return 0;
        return Math.min(STEPS - 1, 1 + Math.floor(Math.sqrt(value / most) * (STEPS - 1) * 0.99999));
    };
    return { most, of, from: (step) => (step <= 0 ? 0 : most * ((step - 1) / (STEPS - 1)) ** 2) };
}

export function evenSteps(values: number[]): Steps {
    const most = Math.max(0, ...values),
        least = Math.min(...values),
        span = most - least || 1;
    return {
        most,
        of: (value) => Math.min(STEPS - 1, Math.floor(((value - least) / span) * STEPS)),
        from: (step) => least + (span * step) / STEPS,
    };
}

export function stepFill(step: number): string {
    return `var(--s${step})`;
}

export function stepInk(step: number): string {
    return `var(--t${step})`;
}
