package dev.leat.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import dev.leat.domain.JobTypeName;
import dev.leat.domain.Lane;

/** The projector finds lanes by pattern, the codecs by parsing: both must mean the same topics. */
class TopicsProperties {

    private final Topics topics = new Topics("le-at_2.x.");

    @Property
    void everyLaneOfEveryPluginIsFound(@ForAll("plugins") String plugin, @ForAll Lane lane) {
        String topic = topics.jobs(plugin, lane);

        assertThat(topics.parseLane(topic)).contains(new Topics.LaneOfPlugin(plugin, lane));
        assertThat(topics.lanePattern().matcher(topic).matches()).isTrue();
        assertThat(topics.commandPattern().matcher(topic).matches()).isTrue();
    }

    @Property
    void patternAndParserAgree(@ForAll("likelyTopics") String topic) {
        assertThat(topics.lanePattern().matcher(topic).matches()).as(topic)
                .isEqualTo(topics.parseLane(topic).isPresent());
        assertThat(topics.commandPattern().matcher(topic).matches()).as(topic)
                .isEqualTo(topics.parseLane(topic).isPresent());
    }

    @Provide
    Arbitrary<String> plugins() {
        return Arbitraries.strings().withCharRange('a', 'z').numeric().withChars('-').ofMinLength(1).ofMaxLength(60)
                .filter(JobTypeName::isPluginId);
    }

    @Provide
    Arbitrary<String> likelyTopics() {
        Arbitrary<String> odd = Arbitraries.strings().withChars("ab0-._A").ofMaxLength(62);
        return Combinators.combine(Arbitraries.of("le-at_2.x.", "le-at_2xx.", ""), Arbitraries.of("jobs.", "jobs", ""),
                odd, Arbitraries.of(".high", ".normal", ".low", ".", "high", ".urgent"))
                .as((prefix, jobs, plugin, lane) -> prefix + jobs + plugin + lane);
    }
}
