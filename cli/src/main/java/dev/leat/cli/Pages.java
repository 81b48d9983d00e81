package dev.leat.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.Query;

/**
 * Entries of a list of the API, over as many of its pages as it takes.
 *
 * @param more whether there are more than were asked for
 */
record Pages(List<JsonNode> entries, boolean more) {

    /** As many as the API gives at once. */
    private static final int PAGE = 500;

    /**
     * Reads them.
     *
     * @param member what the API calls the list
     * @param most how many are wanted at most
     */
    static Pages read(ApiClient api, Query query, String member, int most) throws InterruptedException {
        List<JsonNode> entries = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            JsonNode page = api.get(query.with("limit", Math.min(PAGE, most - entries.size())).with("cursor", cursor));
            page.path(member).forEach(entries::add);
            cursor = Optional.of(page.path("nextCursor").asText()).filter(next -> !next.isEmpty());
        } while (cursor.isPresent() && entries.size() < most);
        return new Pages(List.copyOf(entries), cursor.isPresent());
    }

    /** As one page of the API. */
    ObjectNode toJson(String member) {
        ObjectNode page = ApiClient.JSON.createObjectNode();
        ArrayNode list = page.putArray(member);
        entries.forEach(list::add);
        return page;
    }
}
