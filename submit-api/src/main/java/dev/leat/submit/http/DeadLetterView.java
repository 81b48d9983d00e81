package dev.leat.submit.http;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.common.header.Header;

import dev.leat.runtime.http.Problem;
import dev.leat.submit.deadletter.Bytes;
import dev.leat.submit.deadletter.DeadLetterEntry;
import dev.leat.submit.deadletter.DeadLetterIndex;
import dev.leat.submit.deadletter.DeadLetterPlace;
import dev.leat.submit.deadletter.DeadLetters;
import dev.leat.submit.deadletter.Redriver;

/**
 * A dead letter as the API shows it.
 *
 * @param leftOut what was left out of it as too large; missing where nothing was
 * @param value only where one is shown alone
 * @param headers likewise
 */
record DeadLetterView(String id, Optional<String> reason, Optional<String> detail, Optional<String> origin,
        Optional<String> writtenBy, Instant at, Optional<Bytes> key, int size, Optional<String> leftOut,
        Optional<Instant> redrivenAt, Optional<Bytes> value, Optional<List<HeaderView>> headers) {

    private static final int MAX_VALUE = 64 << 10;
    private static final int MAX_HEADER = 4 << 10;
    private static final int MAX_HEADERS = 100;

    /** One header of a record; {@code value} is missing where it has none. */
    record HeaderView(String name, Optional<Bytes> value) {

        private static HeaderView of(Header header) {
            return new HeaderView(header.key(),
                    Optional.ofNullable(header.value()).map(value -> Bytes.of(value, MAX_HEADER)));
        }
    }

    /** One page. */
    record PageView(List<DeadLetterView> deadLetters, Optional<String> nextCursor) {

        static PageView of(DeadLetterIndex.Page page) {
            return new PageView(page.entries().stream().map(DeadLetterView::of).toList(),
                    page.next().map(DeadLetterPlace::cursor));
        }
    }

    /** One that was sent back. */
    record RedrivenView(String id, String position, Instant redrivenAt) {

        static RedrivenView of(Redriver.Redriven redriven) {
            return new RedrivenView(redriven.id().toString(), redriven.to().toString(), redriven.at());
        }
    }

    /** One that could not be sent back, and why. */
    record FailureView(String id, URI type, String detail) {

        private static FailureView of(String id, Problem problem) {
            return new FailureView(id, problem.type(), problem.detail().orElse(problem.title()));
        }
    }

    /**
     * What became of a set, or would.
     *
     * @param failures the first of those that failed
     */
    record ResultView(boolean dryRun, int count, int skipped, int failed, List<FailureView> failures) {

        private static final int MAX_FAILURES = 100;

        static ResultView of(boolean dryRun, Redriver.Result result) {
            return new ResultView(dryRun, result.count(), result.skipped(), result.failures().size(),
                    result.failures()
                            .entrySet()
                            .stream()
                            .limit(MAX_FAILURES)
                            .map(failure -> FailureView.of(failure.getKey().toString(), failure.getValue()))
                            .toList());
        }
    }

    /** As a list shows it. */
    static DeadLetterView of(DeadLetterEntry entry) {
        return of(entry, Optional.empty(), Optional.empty());
    }

    /** With its content. */
    static DeadLetterView of(DeadLetters.Opened letter) {
        return of(letter.entry(),
                Optional.ofNullable(letter.content().value()).map(value -> Bytes.inBase64(value, MAX_VALUE)),
                Optional.of(Arrays.stream(letter.content().headers().toArray())
                        .limit(MAX_HEADERS)
                        .map(HeaderView::of)
                        .toList()));
    }

    private static DeadLetterView of(DeadLetterEntry entry, Optional<Bytes> value,
            Optional<List<HeaderView>> headers) {
        return new DeadLetterView(entry.id().toString(), entry.reason(), entry.detail(),
                entry.origin().map(Object::toString), entry.writtenBy(), entry.place().at(), entry.key(), entry.size(),
                entry.leftOut(), entry.redrivenAt(), value, headers);
    }
}
