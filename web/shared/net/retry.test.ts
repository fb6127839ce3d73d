import { expect, test, vi } from "vitest";
import { NetworkError, Problem } from "../api";
import { isPassing, retryLost } from "./retry";

const refusal = new Problem(422, "invalid", "", "");

test("lost answers, overload and a first try that still runs pass; a refusal does not", () => {
  expect(isPassing(new NetworkError())).toBe(true);
  expect(isPassing(new Problem(503, "unavailable", "", ""))).toBe(true);
  expect(isPassing(new Problem(409, "idempotency_in_progress", "", ""))).toBe(true);
  expect(isPassing(new Problem(409, "choice_used", "", ""))).toBe(false);
  expect(isPassing(refusal)).toBe(false);
});

test("a lost answer is asked for again, a refusal is not", async () => {
  const lost = vi.fn().mockRejectedValueOnce(new NetworkError()).mockResolvedValueOnce("answer");
  await expect(retryLost(lost, [0])).resolves.toBe("answer");
  const refused = vi.fn().mockRejectedValue(refusal);
  await expect(retryLost(refused, [0, 0])).rejects.toBe(refusal);
  expect(refused).toHaveBeenCalledTimes(1);
});
