package dev.leat.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

    @Test
    void shouldShowEveryOptionWithAllThatItIs() {
        String page = ConfigurationPage.of(OptionCatalog.of(ServiceOptions.class, SettingsTest.MillOptions.class));

        assertThat(page).contains("""

                ## Mill

                | option | meaning | type | default | range |
                |---|---|---|---|---|
                | `leat.mill.stones` | How many stones turn. | whole number (stones) | `2` | from 1 to 12 |
                | `leat.mill.rest` | How long they rest. | duration | `1500ms` |  |
                | `leat.mill.sack` | What a sack holds. | size | `64kB` | at least 1B |
                | `leat.mill.grain` | What is milled. | old-rye, spelt | `old-rye` |  |
                | `leat.mill.millers` | Who mills \\| grinds. | list of text | none |  |
                | `leat.mill.open` | Whether it is open. | true or false | `true` |  |
                | `leat.mill.yard` | Where carts stand. | path | `yard` |  |
                | `leat.mill.password` | Opens the door. Never shown. | text | none | not blank |
                """)
                .contains("## Every service")
                .contains("`leat.kafka.*`: Properties for all Kafka clients")
                .contains("Not allowed, as Leat sets them itself: `acks`");
    }
}
