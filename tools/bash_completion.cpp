#include "bash_completion.hpp"

#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace amayesh::tools {

namespace {

/// The part that does not depend on what the commands are.
constexpr std::string_view completion = R"bash(
# Sets COMPREPLY to the names of files of some endings, and folders; without endings to all files.
_amayesh_files() {
    local current=$1 name
    shift
    compopt -o filenames 2>/dev/null
    COMPREPLY=()
    while IFS= read -r name; do
        local ending=
        if (($#)) && [[ ! -d $name ]]; then
            for ending in "$@" ''; do
                [[ $ending && $name == *"$ending" ]] && break
            done
            [[ $ending ]] || continue
        fi
        COMPREPLY+=("$name")
    done < <(compgen -f -- "$current")
}

# Completes a value by its kind: a name as the help shows it, or the words themselves.
_amayesh_value() {
    local current=$1 kind=$2
    case $kind in
        STUDY) _amayesh_files "$current" .toml ;;
        A | B | *.gpkg) _amayesh_files "$current" .gpkg ;;
        FILE) _amayesh_files "$current" ;;
        FOLDER) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
        [a-z]*) mapfile -t COMPREPLY < <(compgen -W "${kind//|/ }" -- "$current") ;;
    esac
}

_amayesh() {
    local current=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} option= kind word
    local -i at place=0
    COMPREPLY=()
    if ((COMP_CWORD == 1)); then
        mapfile -t COMPREPLY < <(compgen -W "$(_amayesh_commands)" -- "$current")
        return
    fi
    # Which option the word belongs to, or else which argument it is; "--unit=x" is three words.
    for ((at = 2; at < COMP_CWORD; ++at)); do
        word=${COMP_WORDS[at]}
        if [[ $word == '=' ]]; then
            continue
        elif [[ $option ]]; then
            option=
        elif [[ $word == -* ]]; then
            [[ $(_amayesh_kind "$command" "$word") ]] && option=$word
        else
            place+=1
        fi
    done
    [[ $current == '=' ]] && current=
    if [[ $option ]]; then
        kind=$(_amayesh_kind "$command" "$option")
    elif [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_amayesh_options "$command")" -- "$current")
        return
    else
        kind=$(_amayesh_kind "$command" "$place")
    fi
    _amayesh_value "$current" "$kind"
}

complete -F _amayesh amayesh
)bash";

std::vector<std::string> words_of(const std::vector<OptionPage>& options) {
    std::vector<std::string> words;
    for (const OptionPage& option : options) words.insert(words.end(), option.words.begin(), option.words.end());
    return words;
}

std::string commands_function(const Program& program) {
    std::vector<std::string> words;
    for (const CommandPage& page : program.pages) words.push_back(page.name);
    return fmt::format("_amayesh_commands() {{\n    echo '{} {}'\n}}\n", fmt::join(words, " "),
                       fmt::join(words_of(program.page.options), " "));
}

std::string options_function(const Program& program) {
    std::string text = "# The options of a command.\n_amayesh_options() {\n    case $1 in\n";
    for (const CommandPage& page : program.pages)
        text += fmt::format("        {}) echo '{}' ;;\n", page.name, fmt::join(words_of(page.options), " "));
    return text + "    esac\n}\n";
}

/// Options that take a value, and arguments by their place from 0.
std::string kind_function(const Program& program) {
    std::string text =
        "# What an option of a command takes, or its argument of that place: nothing for a flag.\n"
        "_amayesh_kind() {\n    case \"$1 $2\" in\n";
    for (const CommandPage& page : program.pages) {
        for (std::size_t place = 0; place < page.positionals.size(); ++place)
            text += fmt::format("        '{} {}') echo '{}' ;;\n", page.name, place, page.positionals[place].value);
        for (const OptionPage& option : page.options)
            for (const std::string& word : option.value.empty() ? std::vector<std::string>{} : option.words)
                text += fmt::format("        '{} {}') echo '{}' ;;\n", page.name, word, option.value);
    }
    return text + "    esac\n}\n";
}

}  // namespace

std::string bash_completion(const Program& program) {
    return "# bash completion for amayesh, made from its own description of commands and options.\n\n" +
           commands_function(program) + "\n" + options_function(program) + "\n" + kind_function(program) +
           std::string(completion);
}

}  // namespace amayesh::tools
