# Puts the report's page together, all but its data: cmake -D PAGE=… -D STYLES=a,b -D SCRIPTS=a,b -D FONTS=a,b
# -D NOTICE=licences -D BASE64=program -D OUTPUT=file -P assemble_page.cmake
#
# The styles and the scripts stand in one element each; the Content-Security-Policy admits these two by their SHA-256 and
# nothing else, so that a page whose data holds markup stays what it is, and nothing is fetched from anywhere.

function(read_all out files)
    string(REPLACE "," ";" files "${files}")
    set(all "")
    foreach(file IN LISTS files)
        file(READ "${file}" text)
        string(APPEND all "${text}\n")
    endforeach()
    set(${out} "${all}" PARENT_SCOPE)
endfunction()

function(base64_of out file)
    execute_process(COMMAND ${BASE64} --wrap=0 "${file}" OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
    set(${out} "${text}" PARENT_SCOPE)
endfunction()

# The digest that the policy wants is base64 of the 32 bytes, not of their hexadecimal digits.
function(policy_hash out text)
    string(SHA256 hex "${text}")
    set(letters "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    set(hash "")
    string(APPEND hex "00")  # 33 bytes: whole groups of three
    foreach(group RANGE 10)
        math(EXPR at "${group} * 6")
        string(SUBSTRING "${hex}" ${at} 6 six)
        foreach(shift 18 12 6 0)
            math(EXPR letter "(0x${six} >> ${shift}) & 63")
            string(SUBSTRING "${letters}" ${letter} 1 one)
            string(APPEND hash "${one}")
        endforeach()
    endforeach()
    string(SUBSTRING "${hash}" 0 43 hash)  # the last letter stands for the byte that was added
    set(${out} "sha256-${hash}=" PARENT_SCOPE)
endfunction()

# A mark stands once; what takes its place is written as it is.
function(replace_mark out mark text)
    string(FIND "${${out}}" "${mark}" first)
    string(FIND "${${out}}" "${mark}" last REVERSE)
    if(first EQUAL -1 OR NOT first EQUAL last)
        message(FATAL_ERROR "${PAGE}: '${mark}' must stand in it once")
    endif()
    string(REPLACE "${mark}" "${text}" replaced "${${out}}")
    set(${out} "${replaced}" PARENT_SCOPE)
endfunction()

read_all(page "${PAGE}")
read_all(styles "${STYLES}")
read_all(scripts "${SCRIPTS}")

string(REGEX REPLACE "url\\([\"']?images/[^)]*\\)" "none" styles "${styles}")  # pictures of Leaflet that the page does not use
string(REGEX REPLACE "\n//# sourceMappingURL=[^\n]*" "" scripts "${scripts}")
string(REPLACE "," ";" fonts "${FONTS}")
set(faces "")
foreach(file IN LISTS fonts)
    base64_of(font "${file}")
    set(weight 400)
    if(file MATCHES "Bold")
        set(weight 700)
    endif()
    set(range "U+0-5FF,U+2010-2065,U+2070-20FF,U+2100-22FF")  # what is neither goes to a font of the reader's
    if(file MATCHES "Arabic")
        set(range "U+600-6FF,U+200B-200F,U+2066-2069,U+FB50-FDFF")
    endif()
    string(APPEND faces "@font-face{font-family:\"Amayesh\";font-weight:${weight};font-display:block;unicode-range:${range};"
        "src:url(data:font/ttf;base64,${font}) format(\"truetype\")}\n")
endforeach()
string(PREPEND styles "${faces}")
if(styles MATCHES "</style" OR scripts MATCHES "</script" OR scripts MATCHES "<!--")
    message(FATAL_ERROR "a style or script of the page would end its own element")
endif()

policy_hash(style_hash "${styles}")
policy_hash(script_hash "${scripts}")
string(CONCAT policy "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; "
    "form-action 'none'; img-src data:; font-src data:; style-src '${style_hash}'; script-src '${script_hash}'\">")
replace_mark(page "<!-- amayesh:policy -->" "${policy}")
replace_mark(page "<!-- amayesh:styles -->" "<style>${styles}</style>")
replace_mark(page "<!-- amayesh:scripts -->" "<script>${scripts}</script>")
if(NOTICE)
    read_all(notice "${NOTICE}")
    string(APPEND page "<!--\n${notice}-->\n")
endif()
file(WRITE "${OUTPUT}" "${page}")
