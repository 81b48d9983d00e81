package dev.leat.cli.live;

import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;

import dev.leat.cli.text.Figures;
import dev.leat.cli.text.Progress;
import dev.leat.cli.text.Style;
import dev.leat.cli.text.Text;

/** What a batch and its operations do now, in a line each. */
final class BatchLines {

    private BatchLines() {}

    /** Such as {@code #4 demo:fail  failed: the mill ran dry}. */
    static String failure(JsonNode operation, Style style) {
        String message = operation.at("/error/message").asText();
        return "#%s %s  %s%s".formatted(operation.path("index").asText(), operation.path("type").asText(),
                style.status(operation.path("state").asText(operation.path("status").asText())),
                message.isEmpty() ? "" : ": " + Text.printable(message));
    }

    /** Such as {@code #33 demo:prime  40%  79 prime numbers up to 400}. */
    static String operation(JsonNode operation) {
        Progress progress = Progress.ofJob(operation);
        String index = operation.path("index").asText(operation.at("/batch/index").asText());
        return "  #%s %s  %s".formatted(index, operation.path("type").asText(),
                Text.printable(progress.text() + "  " + progress.task()));
    }

    /** How long it will take still, in words, from the estimate's age; {@code ?} where there is none. */
    static String left(FollowedBatch batch, Instant now) {
        if (batch.hasEnded()) {
            return batch.status().replace('_', ' ');
        }
        JsonNode estimate = batch.batch().path("estimate");
        if (!estimate.isObject()) {
            return "?";
        }
        Duration then = Duration.ofMillis((long) (estimate.path("seconds").asDouble() * 1000));
        return Figures.estimate(then.minus(Duration.between(batch.countedAt(), now))) + " left";
    }
}
