package dev.leat.plugins.site.output;

import dev.leat.plugins.site.content.Fields;
import dev.leat.plugins.site.content.Problem;
import dev.leat.plugins.site.content.Yaml;
import dev.leat.plugins.site.path.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of a complete build.
 *
 * @param previous what was served before it, if anything was
 * @param built how many routes were rendered for it
 * @param reused how many were taken over from the one before
 * @param warnings the first ones
 * @param warningCount all of them
 * @param pages the hash of what each page was made of, by the page's file below the site
 */
public record Manifest(Optional<BuildId> previous, int built, int reused, List<Problem> warnings, int warningCount,
        SortedMap<String, String> pages) {

    static final String FILE = "manifest.yaml";

    /** Far more than 20,000 pages need. */
    static final int MOST_BYTES = 64 << 20;

    String toYaml() {
        Map<String, Object> map = new LinkedHashMap<>();
        previous.ifPresent(build -> map.put("previous", build.toString()));
        map.put("built", built);
        map.put("reused", reused);
        map.put("warnings", warnings.stream().map(warning -> List.of(warning.file(), warning.reason())).toList());
        map.put("warningCount", warningCount);
        map.put("pages", pages);
        return Yaml.write(map);
    }

    /** @throws RefusedException if somebody has changed it */
    static Manifest parse(String yaml) throws RefusedException {
        Fields fields = Yaml.read(yaml, MOST_BYTES);
        return new Manifest(fields.text("previous").flatMap(BuildId::parse),
                fields.number("built", 0, Integer.MAX_VALUE, 0), fields.number("reused", 0, Integer.MAX_VALUE, 0),
                warnings(fields), fields.number("warningCount", 0, Integer.MAX_VALUE, 0), pages(fields));
    }

    private static List<Problem> warnings(Fields fields) {
        List<Problem> warnings = new ArrayList<>();
        if (fields.values().get("warnings") instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof List<?> pair && pair.size() == 2) {
                    warnings.add(new Problem(String.valueOf(pair.get(0)), String.valueOf(pair.get(1))));
                }
            }
        }
        return List.copyOf(warnings);
    }

    private static SortedMap<String, String> pages(Fields fields) {
        SortedMap<String, String> pages = new TreeMap<>();
        if (fields.values().get("pages") instanceof Map<?, ?> map) {
            map.forEach((file, hash) -> pages.put(String.valueOf(file), String.valueOf(hash)));
        }
        return pages;
    }
}
