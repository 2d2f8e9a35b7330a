# One line for each result of a .trx file: outcome, name, message; separated by tabs. Of a long message what says most: the
# lines from the first one that says what is wrong, if there is one, up to 600 characters.
BEGIN { RS = "<" }

function attribute(name,    at, rest) {
    at = index($0, " " name "=\"")
    if (at == 0) return ""
    rest = substr($0, at + length(name) + 3)
    return decode(substr(rest, 1, index(rest, "\"") - 1))
}

function decode(text) {
    gsub(/&#x[dD];/, "", text)
    gsub(/\r/, "", text)
    gsub(/&#x[aA];/, "\n", text)
    gsub(/&lt;/, "<", text)
    gsub(/&gt;/, ">", text)
    gsub(/&quot;/, "\"", text)
    gsub(/&apos;/, "'", text)
    gsub(/&amp;/, "\\&", text)
    return text
}

function finish() {
    if (!open) return
    open = 0
    sub(/^[ \t\n]+/, "", message)
    if (match(message, /\n([A-Za-z0-9-]+: )?(wrong|failed)[: ]/)) message = substr(message, RSTART + 1)
    sub(/[ \t\n]+$/, "", message)
    gsub(/\n[ \t]*/, " | ", message)
    message = substr(message, 1, 600)
    gsub(/\t/, " ", name)
    gsub(/\t/, " ", message)
    gsub(/\n/, " ", name)
    print outcome "\t" name "\t" message
}

/^UnitTestResult[ \n]/ {
    open = 1
    name = attribute("testName")
    outcome = attribute("outcome")
    message = ""
    if ($0 ~ /\/>[ \r\n]*$/) finish()
}
/^Message>/ { if (open && message == "") message = decode(substr($0, 9)) }
/^\/UnitTestResult>/ { finish() }
