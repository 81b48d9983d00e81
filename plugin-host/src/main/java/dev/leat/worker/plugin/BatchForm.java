package dev.leat.worker.plugin;

import dev.leat.domain.Json;
import dev.leat.domain.batch.BatchOrder;
import dev.leat.domain.batch.BatchRun;
import dev.leat.plugin.BatchRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes what a handler wants of a batch in the form in which clients submit one. */
public final class BatchForm {

    private BatchForm() {}

    /**
     * What is ordered.
     *
     * @param json writes the params
     * @throws IllegalArgumentException if there are neither operations nor a template, or params cannot be written
     */
    public static BatchOrder.Content of(BatchRequest request, RecordJson json) {
        if (request.template().isPresent()) {
            BatchRequest.Job run = request.template().get();
            return new BatchOrder.Content.OfTemplate(new BatchRun(run.type(), write(run.params(), json)));
        }
        if (request.operations().isEmpty()) {
            throw new IllegalArgumentException("Expected at least one operation of %s, but there is none".formatted(
                    request));
        }
        return new BatchOrder.Content.Written(write(body(request), json));
    }

    private static Map<String, Object> body(BatchRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        request.name().ifPresent(name -> body.put("name", name));
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("onFailure", request.stopsOnFailure() ? "stop" : "continue");
        request.concurrency().ifPresent(most -> options.put("concurrency", most));
        body.put("options", options);
        request.onCompletion().ifPresent(job -> body.put("onCompletion", job(job)));
        body.put("operations", request.operations().stream().map(BatchForm::job).toList());
        return body;
    }

    private static Map<String, Object> job(BatchRequest.Job job) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("type", job.type());
        form.put("params", job.params());
        return form;
    }

    private static Json write(Object value, RecordJson json) {
        return new Json(new String(json.write(value), StandardCharsets.UTF_8));
    }
}
