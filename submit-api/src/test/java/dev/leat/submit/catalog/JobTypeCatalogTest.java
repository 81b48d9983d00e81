package dev.leat.submit.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.leat.domain.JobPolicy;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.PluginDescriptor;
import dev.leat.domain.PluginDescriptor.JobTypeDescriptor;
import dev.leat.schemas.Codec;
import dev.leat.submit.RememberingSerde;

class JobTypeCatalogTest {

    private final Codec<PluginDescriptor> codec = new RememberingSerde().codecs().plugins();
    private final JobTypeCatalog catalog = new JobTypeCatalog(codec);

    @Test
    void shouldListAllJobTypesByName() {
        // when
        announce("site", "build");
        announce("demo", "prime", "echo");

        // then
        assertThat(names()).containsExactly("demo:echo", "demo:prime", "site:build");
        assertThat(catalog.find("demo:echo")).isPresent();
        assertThat(catalog.find("demo:build")).isEmpty();
    }

    @Test
    void shouldTakeTheLatestDescriptionOfAPlugin() {
        // given
        announce("demo", "prime", "echo");

        // when
        announce("demo", "echo", "count");

        // then
        assertThat(names()).containsExactly("demo:count", "demo:echo");
    }

    @Test
    void shouldForgetAPluginThatIsTakenBack() {
        // given
        announce("demo", "prime");

        // when
        catalog.apply(RememberingSerde.tombstone("demo"));

        // then
        assertThat(names()).isEmpty();
    }

    @Test
    void shouldFindWhatSomebodyMayHaveMeant() {
        // given
        announce("demo", "prime", "echo");
        announce("other", "echo");

        // when, then
        assertThat(catalog.nearest("demo:prmie")).containsExactly("demo:prime");
        assertThat(catalog.nearest("PRIME")).containsExactly("demo:prime");
        assertThat(catalog.nearest("echo")).containsExactly("demo:echo", "other:echo");
        assertThat(catalog.nearest("mill:ecko")).containsExactly("demo:echo", "other:echo");
        assertThat(catalog.nearest("nothing-like-it")).isEmpty();
        assertThat(catalog.nearest("x".repeat(100_000))).isEmpty();
    }

    private List<String> names() {
        return catalog.all().stream().map(jobType -> jobType.type().toString()).toList();
    }

    private void announce(String plugin, String... names) {
        List<JobTypeDescriptor> jobTypes = Arrays.stream(names)
                .map(name -> new JobTypeDescriptor(new JobTypeName(plugin, name), "", Lane.NORMAL, JobPolicy.DEFAULT,
                        new Json("{}"), new Json("{}")))
                .toList();
        catalog.apply(RememberingSerde.message(codec, plugin, new PluginDescriptor(plugin, jobTypes)));
    }
}
