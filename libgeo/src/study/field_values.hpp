#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/study/field_guess.hpp>

#include "study/field_rules.hpp"
#include "study/layer_evidence.hpp"

namespace amayesh::detail {

/// A field that may hold an attribute.
struct Candidate {
    std::size_t attribute = 0;  ///< Place in the role's list.
    std::size_t field = 0;      ///< Place in the layer.
    double score = 0;
    std::string reason;
};

/// How well the values of a field go with a rule, 0–1.
double fit_of_values(const FieldEvidence& field, const FieldRule& rule, const LayerEvidence& evidence,
                     const LayerGuess& layer);

/// "whole numbers 12 to 98120, 3 of 429 unknown".
std::string describe_values(const FieldEvidence& field);

/// Candidates whose names say nothing: words of ours, unique codes, names, figures like those of people.
std::vector<Candidate> candidates_by_value(const LayerEvidence& evidence, const LayerGuess& layer,
                                           const std::vector<AttributeRule>& attributes);

/// A word in front of nearly every value that says what the thing is ("شهرستان "), with its space; "" if none.
std::string common_prefix_word(const FieldEvidence& field);

/// Values that are no word of ours for the attribute, the most frequent first; empty where words are free.
std::vector<std::string> strange_words(const FieldEvidence& field, LayerRole role, std::string_view attribute);

}  // namespace amayesh::detail
