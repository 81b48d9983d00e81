package dev.leat.cli.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How far an operation is, and what it does now. A handler whose messages have the form {@code 2/3 sections: intro} is shown
 * with its own count, any other with its percentage.
 *
 * @param text such as {@code 2/3 sections (67%)} or {@code 67%}; empty where nothing is known
 * @param percent 0 to 100
 * @param task what it does now; empty where it has not said
 */
public record Progress(String text, double percent, String task) {

    private static final Pattern COUNTED = Pattern.compile("(\\d{1,18}/\\d{1,18} [^:]{1,60})(?:: (.*))?",
            Pattern.DOTALL);
    private static final Progress NONE = new Progress("", 0, "");

    /** Of a job, as the API shows it. */
    public static Progress ofJob(JsonNode job) {
        JsonNode progress = job.path("progress");
        return progress.isObject() ? of(progress.path("percent").asDouble(), progress.path("message").asText()) : NONE;
    }

    /** Of a batch, as the API shows it. */
    public static Progress ofBatch(JsonNode batch) {
        JsonNode states = batch.path("states");
        long open = states.path("waiting").asLong() + states.path("released").asLong();
        long total = batch.path("total").asLong();
        double percent = batch.path("percent").asDouble();
        return new Progress("%s/%s operations (%s)".formatted(Figures.count(total - open), Figures.count(total),
                Figures.percent(percent)), percent, batch.path("name").asText());
    }

    static Progress of(double percent, String message) {
        Matcher counted = COUNTED.matcher(message.strip());
        if (!counted.matches()) {
            return new Progress(Figures.percent(percent), percent, message);
        }
        String task = counted.group(2);
        return new Progress("%s (%s)".formatted(counted.group(1).strip(), Figures.percent(percent)), percent,
                task == null ? "" : task);
    }
}
