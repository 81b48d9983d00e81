package dev.leat.plugins.demo.fetch;

import dev.leat.plugin.Description;
import java.util.List;

record UrlFetchResult(@Description("What came of each URL, in the order of the input.") List<FetchedUrl> urls) {}
