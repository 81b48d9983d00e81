package dev.leat.plugins.site;

import dev.leat.plugin.Description;

record RenderSectionResult(
        @Description("The route of the page.") String page,
        @Description("The name of the section.") String section,
        @Description("Its heading.") String title,
        @Description("The name of the fragment that site:assemble will look for, a hash of what it was made of.") String fragment,
        @Description("How many characters of HTML it has.") int length) {}
