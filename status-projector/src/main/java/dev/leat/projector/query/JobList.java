package dev.leat.projector.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import dev.leat.domain.JobId;
import dev.leat.projector.index.ListPosition;

/** Makes pages of lists of jobs or batches out of parts; {@code member} names the list in the JSON. */
final class JobList {

    private JobList() {}

    /** One instance's part as JSON: one job more than asked for says that there are more. */
    static Map<String, Object> part(ListPart part, String member) {
        return Map.of("partitions", part.partitions(), member,
                part.entries().stream().map(ListPart.Entry::job).toList());
    }

    /** Another instance's part. */
    static ListPart read(JsonNode part, String member) {
        List<Integer> partitions = new ArrayList<>();
        part.path("partitions").forEach(number -> partitions.add(number.asInt()));
        return new ListPart(partitions, StreamSupport.stream(part.path(member).spliterator(), false)
                .map(job -> new ListPart.Entry(position(job), job))
                .toList());
    }

    private static ListPosition position(JsonNode job) {
        return ListPosition.of(Instant.parse(job.path("submittedAt").asText()), JobId.parse(job.path("id").asText()));
    }

    /** The page that the parts give together. */
    static Map<String, Object> page(List<ListPart> parts, int limit, String member) {
        Iterator<ListPart.Entry> merged = Merge.sorted(parts.stream().map(part -> part.entries().iterator()).toList(),
                Comparator.comparing(ListPart.Entry::position));
        List<ListPart.Entry> entries = new ArrayList<>();
        while (entries.size() < limit && merged.hasNext()) {
            entries.add(merged.next());
        }
        Map<String, Object> page = new LinkedHashMap<>();
        page.put(member, entries.stream().map(ListPart.Entry::job).toList());
        if (merged.hasNext()) {
            page.put("nextCursor", ListCursor.of(entries.getLast().position()));
        }
        return page;
    }
}
