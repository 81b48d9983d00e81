/** What a site is made of: its configuration, its Markdown with front matter, its templates, and HTML from all of them. */
@NullMarked
package dev.leat.plugins.site.content;

import org.jspecify.annotations.NullMarked;
