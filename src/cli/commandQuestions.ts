import { isCancel, select, text } from "@clack/prompts";
import { CommandError } from "./commandError.ts";

/** Asks questions at a terminal. */
export interface CommandQuestions {
  choose<Choice extends string>(
    question: string,
    choices: readonly { value: Choice; label: string }[],
    initial: Choice,
  ): Promise<Choice>;
  /** `problemOf` returns the problem with an answer; undefined if it is valid. */
  write(
    question: string,
    initial: string,
    problemOf: (answer: string) => string | undefined,
  ): Promise<string>;
}

/** Questions go to stderr, so that stdout holds the result alone. */
export function terminalQuestions(output: NodeJS.WriteStream): CommandQuestions {
  return {
    async choose(message, choices, initialValue) {
      const options = choices.map(({ value, label }) => ({ value: value as string, label }));
      const answer = await select({
        message,
        options,
        initialValue: initialValue as string,
        output,
      });
      return unlessCancelled(answer) as (typeof choices)[number]["value"];
    },
    async write(message, initialValue, problemOf) {
      const validate = (answer: string | undefined) => problemOf(answer || initialValue);
      const placeholder = initialValue;
      const answer = await text({
        message,
        placeholder,
        defaultValue: initialValue,
        validate,
        output,
      });
      return unlessCancelled<string>(answer);
    },
  };
}

function unlessCancelled<Answer>(answer: Answer | symbol): Answer {
  if (isCancel(answer)) throw new CommandError("canceled");
  return answer as Answer;
}
