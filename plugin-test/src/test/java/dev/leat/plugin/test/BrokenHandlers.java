package dev.leat.plugin.test;

import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.Description;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobRequest;
import dev.leat.plugin.JobType;
import dev.leat.plugin.LogLevel;
import jakarta.validation.constraints.Min;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Handlers with one mistake each, run through the contract. They are no members of a test class, so that only {@link
 * JobHandlerContractTest} runs them.
 */
final class BrokenHandlers {

    /** Lets the threads end that the handlers leave behind. */
    static final CountDownLatch RELEASED = new CountDownLatch(1);

    private BrokenHandlers() {}

    record Work(@Description("What to say, word by word.") List<String> words,
            @Description("Pause after each word, in milliseconds.") @DefaultValue("0") @Min(0) int pauseMillis) {}

    record Said(@Description("What was said.") String text, @Description("How many words it has.") @Min(0) int words) {}

    /** What the contract is told about all of them. */
    abstract static class Contract extends JobHandlerContract {

        private final JobHandler<Work, ?> handler = handler();

        abstract JobHandler<Work, ?> handler();

        @Override
        protected JobHandlerTester tester() {
            return tester(Said.class);
        }

        @SuppressWarnings("unchecked") // Each handler gives what its type is declared to give.
        <R> JobHandlerTester tester(Class<R> result) {
            return JobHandlerTester.of(JobType.named("say", Work.class, result).describedAs("Says it.")
                    .handledBy((JobHandler<Work, R>) handler));
        }

        @Override
        protected List<? extends Record> validInputs() {
            return List.of(new Work(List.of("one", "two"), 0), new Work(List.of(), 0));
        }

        @Override
        protected Optional<? extends Record> longInput() {
            return Optional.of(new Work(List.of("one", "two"), 60_000));
        }

        @Override
        protected Duration grace() {
            return Duration.ofMillis(500);
        }

        @Override
        protected Duration limit() {
            return Duration.ofSeconds(20);
        }
    }

    /** Says the words; what is right. */
    static JobOutcome<Said> say(Work work, JobContext context) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        for (String word : work.words()) {
            context.progress(50, word);
            Thread.sleep(work.pauseMillis());
            text.append(word);
        }
        return JobOutcome.succeeded(new Said(text.toString(), work.words().size()));
    }

    static final class NoMistake extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return BrokenHandlers::say;
        }
    }

    static final class IgnoresTheInterrupt extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return (work, _) -> {
                while (work.pauseMillis() > 0 && RELEASED.getCount() > 0) {
                    var _ = Thread.interrupted();
                    LockSupport.parkNanos(1_000_000);
                }
                return JobOutcome.succeeded(new Said("", 0));
            };
        }
    }

    static final class TakesCancellationForSuccess extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return (work, context) -> {
                try {
                    return say(work, context);
                } catch (InterruptedException _) {
                    return JobOutcome.succeeded(new Said("some of it", 1));
                }
            };
        }
    }

    static final class ReturnsNull extends Contract {
        @Override
        @SuppressWarnings("NullAway") // That is the mistake.
        JobHandler<Work, Said> handler() {
            return (work, context) -> {
                var _ = say(work, context);
                return null;
            };
        }
    }

    static final class ThrowsTheExpected extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return (work, context) -> {
                if (work.words().isEmpty()) {
                    throw new IllegalArgumentException("nothing to say");
                }
                return say(work, context);
            };
        }
    }

    static final class NeverEndsWithoutWords extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return (work, context) -> {
                if (work.words().isEmpty()) {
                    RELEASED.await();
                }
                return say(work, context);
            };
        }

        @Override
        protected Duration limit() {
            return Duration.ofSeconds(1);
        }
    }

    record Unwritable(String text) {
        @Override
        public String text() {
            throw new IllegalStateException("no text any more");
        }
    }

    static final class GivesWhatCannotBeWritten extends Contract {
        @Override
        JobHandler<Work, Unwritable> handler() {
            return (work, context) -> {
                var _ = say(work, context);
                return JobOutcome.succeeded(new Unwritable("text"));
            };
        }

        @Override
        protected JobHandlerTester tester() {
            return tester(Unwritable.class);
        }
    }

    static final class GivesWhatItsSchemaForbids extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return (work, context) -> {
                var _ = say(work, context);
                return JobOutcome.succeeded(new Said("", -1));
            };
        }
    }

    static final class ReportsTooMuch extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return (work, context) -> {
                JobOutcome<Said> outcome = say(work, context);
                try {
                    context.progress(3, 2, "more than all");
                } catch (IllegalArgumentException _) {
                    // Swallowed, as by a careless logging aspect.
                }
                return outcome;
            };
        }
    }

    record Position(int next, String text) {}

    /** Goes on where an earlier attempt was, and asks for a job for each word. */
    static final class NoMistakeInAllThatIsThere extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return (work, context) -> {
                Position at = context.lastCheckpoint(Position.class).orElse(new Position(0, ""));
                while (at.next() < work.words().size()) {
                    String word = work.words().get(at.next());
                    context.progress(at.next(), work.words().size(), word);
                    Thread.sleep(work.pauseMillis());
                    var _ = context.enqueue(JobRequest.of("echo-" + at.next(), "tested:say",
                            new Work(List.of(word), 0)));
                    context.log(LogLevel.DEBUG, "said", Map.of("word", word));
                    at = new Position(at.next() + 1, at.text() + word);
                    context.checkpoint(at);
                    context.state().put("last", at);
                }
                return JobOutcome.succeeded(new Said(at.text(), work.words().size()));
            };
        }
    }

    /** Gives each job a result of its own. */
    static final class NoMistakeInAResultWithTheJobsId extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return (work, context) -> {
                var _ = say(work, context);
                return JobOutcome.succeeded(new Said(context.jobId().toString(), work.words().size()));
            };
        }
    }

    static final class LeavesTooMuch extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return (work, context) -> {
                try {
                    context.checkpoint(new byte[JobContext.MAX_CHECKPOINT_BYTES + 1]);
                } catch (IllegalArgumentException _) {
                    // Swallowed, for it goes well without.
                }
                return say(work, context);
            };
        }
    }

    static final class StumblesOverItsCheckpoint extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return (work, context) -> {
                int words = context.lastCheckpoint()
                        .map(left -> Integer.parseInt(new String(left, StandardCharsets.UTF_8))).orElse(0);
                context.checkpoint((words + " words").getBytes(StandardCharsets.UTF_8));
                return say(work, context);
            };
        }
    }

    static final class ForgetsWhatItHadSaid extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return (work, context) -> {
                int next = context.lastCheckpoint(Position.class).map(Position::next).orElse(0);
                JobOutcome<Said> outcome = say(
                        new Work(work.words().subList(next, work.words().size()), work.pauseMillis()), context);
                context.checkpoint(new Position(work.words().size(), ""));
                return outcome;
            };
        }
    }

    static final class LogsMoreThanIsKept extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return (work, context) -> {
                context.info("x".repeat(2001));
                return say(work, context);
            };
        }
    }

    static final class LogsMoreOftenThanIsKept extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return (work, context) -> {
                for (int line = 0; line < 501; line++) {
                    context.info("x");
                }
                return say(work, context);
            };
        }
    }

    static final class LogsNothing extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return (work, context) -> {
                context.info(" ");
                return say(work, context);
            };
        }
    }

    /** Asks for a job before it says the words. */
    private static JobHandler<Work, Said> asking(Function<JobContext, JobRequest> request) {
        return (work, context) -> {
            var _ = context.enqueue(request.apply(context));
            return say(work, context);
        };
    }

    static final class RepeatsAKey extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return (work, context) -> {
                for (String word : work.words()) {
                    var _ = context.enqueue(JobRequest.of("word", "tested:say", new Work(List.of(word), 0)));
                }
                return say(work, context);
            };
        }
    }

    static final class AsksForWhatDependsOnTheAttempt extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return asking(context -> JobRequest.of("word-" + context.attempt(), "other:say", Map.of()));
        }
    }

    static final class AsksForWhatNobodyRuns extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return asking(_ -> JobRequest.of("sing", "tested:sing", Map.of()));
        }
    }

    static final class AsksWithParamsThatAreRefused extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return asking(_ -> JobRequest.of("say", "tested:say", Map.of("words", "one")));
        }
    }

    static final class LeavesAPlatformThread extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return (work, context) -> {
                leaveBehind(Thread.ofPlatform().daemon());
                return say(work, context);
            };
        }
    }

    static final class LeavesAVirtualThread extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return (work, context) -> {
                leaveBehind(Thread.ofVirtual());
                return say(work, context);
            };
        }
    }

    static final class LeavesAThreadWhenCancelled extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return (work, context) -> {
                try {
                    return say(work, context);
                } catch (InterruptedException e) {
                    leaveBehind(Thread.ofVirtual());
                    throw e;
                }
            };
        }
    }

    static final class LeavesAThreadThatItMay extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return (work, context) -> {
                leaveBehind(Thread.ofPlatform().daemon());
                return say(work, context);
            };
        }

        @Override
        protected boolean mayOutliveItsAttempt(String threadName) {
            return threadName.equals("left-behind");
        }
    }

    private static void leaveBehind(Thread.Builder threads) {
        var _ = threads.name("left-behind").start(() -> {
            while (RELEASED.getCount() > 0) {
                LockSupport.parkNanos(1_000_000);
            }
        });
    }

    static final class SharesItsText extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            StringBuilder text = new StringBuilder();
            return (work, context) -> {
                text.setLength(0);
                for (String word : work.words()) {
                    context.progress(50, word);
                    Thread.sleep(work.pauseMillis());
                    text.append(word);
                }
                return JobOutcome.succeeded(new Said(text.toString(), work.words().size()));
            };
        }
    }

    static final class KeepsItsLockWhenCancelled extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            ReentrantLock lock = new ReentrantLock();
            return (work, context) -> {
                lock.lockInterruptibly();
                JobOutcome<Said> outcome = say(work, context);
                lock.unlock();
                return outcome;
            };
        }

        @Override
        protected Duration limit() {
            return Duration.ofSeconds(2);
        }
    }

    static final class InterruptsItself extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return (work, context) -> {
                JobOutcome<Said> outcome = say(work, context);
                Thread.currentThread().interrupt();
                return outcome;
            };
        }
    }

    static final class TakesWhatItShouldRefuse extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return BrokenHandlers::say;
        }

        @Override
        protected List<String> invalidInputs() {
            return List.of("{\"words\": [\"\"]}");
        }
    }

    static final class IsQuickerThanItsLongInput extends Contract {
        @Override
        JobHandler<Work, Said> handler() {
            return BrokenHandlers::say;
        }

        @Override
        protected Optional<? extends Record> longInput() {
            return Optional.of(new Work(List.of(), 60_000));
        }
    }

    record Undescribed(@Description("Known.") @DefaultValue("1") int known, @DefaultValue("1") int unknown) {}

    static final class DoesNotSayWhatItIs extends JobHandlerContract {
        @Override
        protected JobHandlerTester tester() {
            return JobHandlerTester.of(JobType.named("say", Undescribed.class).describedAs("Says it.")
                    .handledBy((_, _) -> JobOutcome.succeeded()));
        }

        @Override
        protected List<? extends Record> validInputs() {
            return List.of(new Undescribed(1, 1));
        }
    }

    record WrongDefault(@Description("A number.") @DefaultValue("-1") @Min(0) int number) {}

    static final class IsRefused extends JobHandlerContract {
        @Override
        protected JobHandlerTester tester() {
            return JobHandlerTester.of(JobType.named("say", WrongDefault.class).describedAs("Says it.")
                    .handledBy((_, _) -> JobOutcome.succeeded()));
        }

        @Override
        protected List<? extends Record> validInputs() {
            return List.of(new WrongDefault(1));
        }
    }
}
