import { describe, expect, it } from 'vitest';
import { formatNumber } from './number-text.ts';

describe('formatNumber in a narrow field', () => {
  it('keeps what fits, and at least one decimal', () => {
    expect(formatNumber(-96.125, true)).toBe('-96.13');
    expect(formatNumber(-178.677, true)).toBe('-178.7');
    expect(formatNumber(12345.678, true)).toBe('12345.7');
    expect(formatNumber(0.0031, true)).toBe('0.003');
    expect(formatNumber(2, true)).toBe('2');
  });
});
