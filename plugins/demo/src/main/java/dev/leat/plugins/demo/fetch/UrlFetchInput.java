package dev.leat.plugins.demo.fetch;

import dev.leat.plugin.Description;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

@Description("Redirects are followed, five at most. No URL, and no redirect, may lead to a private or loopback address, unless the worker allows it.")
record UrlFetchInput(
        @Description("What to fetch, by http or https. Of each no more than 1 MiB is read, for no longer than 10 seconds.") @Size(min = 1, max = 10) List<@Size(max = 2000) @Pattern(regexp = "[Hh][Tt][Tt][Pp][Ss]?://\\S+") String> urls) {}
