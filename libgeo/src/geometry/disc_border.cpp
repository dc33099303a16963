#include "geometry/disc_border.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include <amayesh/core/parallel.hpp>

#include "geometry/disc_cells.hpp"

namespace amayesh::detail {
namespace {

constexpr std::size_t discs_per_chunk = 16;
constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();

/// One edge of one disc's polygon.
struct Side {
    std::uint32_t disc = nobody;
    std::uint32_t number = 0;
};

/// What one disc's polygon covers of an edge, as parts of its length: certainly from `sure_from` to `sure_to` (nothing
/// if that is empty), possibly from `from` to `to`, which differ by what the clearance is worth.
struct Cover {
    std::uint32_t disc = nobody;
    double from = 0, to = 1, sure_from = 0, sure_to = 1;
    std::uint32_t enters = nobody, leaves = nobody, sure_enters = nobody,
                  sure_leaves = nobody;  // by which of its sides

    [[nodiscard]] bool is_sure() const noexcept { return sure_from <= sure_to; }
};

/// A piece of the union's border: from one node to the next along one edge. A node is known by the edge that the border
/// comes along and the one it goes on along.
struct Piece {
    Side came_from;  // the edge before the piece's start
    Side along;
    Side goes_to;  // the edge after its end
    Point start;
};

/// A part of an edge that no disc certainly covers, and the covers at its ends (none: the edge's own corner).
struct Bare {
    double from = 0, to = 1;
    const Cover* before = nullptr;
    const Cover* after = nullptr;
};

struct Found {
    std::vector<Piece> pieces;
    std::vector<std::uint32_t> undecided;
};

double dot(const Point& a, const Point& b) noexcept { return a.x * b.x + a.y * b.y; }

/// Cuts the range down to where `at_start` → `at_end` (linear) is at most the limit; remembers the side that cut.
void cut(double at_start, double at_end, double limit, std::uint32_t side, double& from, double& to,
         std::uint32_t& enters, std::uint32_t& leaves) noexcept {
    if (at_start <= limit && at_end <= limit) return;
    if (at_start > limit && at_end > limit) {
        from = 2;
        return;
    }
    const double where = (at_start - limit) / (at_start - at_end);
    if (at_start > limit) {
        if (where > from) from = where, enters = side;
    } else if (where < to) {
        to = where, leaves = side;
    }
}

class BorderFinder {
public:
    BorderFinder(std::span<const Disc> discs, const UnitPolygon& unit, double clearance)
        : m_discs{discs}, m_unit{unit}, m_clearance{clearance}, m_cells{discs, unit.apothem, clearance} {}

    /// Appends the bare pieces of one disc's edges.
    void find_pieces(std::uint32_t disc, Found& found) const {
        std::vector<Cover> covers;
        std::vector<std::uint32_t> near;
        for (std::uint32_t number = 0; number < m_unit.sides(); ++number) {
            const Side side{disc, number};
            covers.clear();
            if (!is_hidden(side, covers, near)) find_bare(side, covers, found);
        }
    }

private:
    [[nodiscard]] Point corner(const Side& side, std::uint32_t further = 0) const noexcept {
        const auto& [centre, radius] = m_discs[side.disc];
        const Point& unit = m_unit.corners[side.number + further];
        return {centre.x + radius * unit.x, centre.y + radius * unit.y};
    }

    /// A corner as seen from another disc's centre: exact to the size of the discs, not of the coordinates.
    [[nodiscard]] Point corner_seen_from(const Side& side, std::uint32_t further, const Disc& other) const noexcept {
        const auto& [centre, radius] = m_discs[side.disc];
        const Point& unit = m_unit.corners[side.number + further];
        return {(centre.x - other.centre.x) + radius * unit.x, (centre.y - other.centre.y) + radius * unit.y};
    }

    /// Whether one disc covers the whole edge; else `covers` holds all that cover a part of it.
    bool is_hidden(const Side& side, std::vector<Cover>& covers, std::vector<std::uint32_t>& near) const {
        near.clear();
        const Point a = corner(side), b = corner(side, 1);
        const Box box{std::min(a.x, b.x) - m_clearance, std::min(a.y, b.y) - m_clearance,
                      std::max(a.x, b.x) + m_clearance, std::max(a.y, b.y) + m_clearance};
        bool hidden = false;
        std::size_t lists = 0;
        m_cells.for_each_list(box, [&](std::span<const std::uint32_t> listed) {
            for (std::size_t i = 0; i < listed.size() && !hidden; ++i) {
                if (listed[i] == side.disc) continue;
                const Disc& other = m_discs[listed[i]];
                const Point from = corner_seen_from(side, 0, other), to = corner_seen_from(side, 1, other);
                const double inside = other.radius * m_unit.apothem - 2 * m_clearance;
                if (inside > 0 && dot(from, from) < inside * inside && dot(to, to) < inside * inside)
                    hidden = true;
                else if (comes_near(from, to, other.radius + 2 * m_clearance))
                    near.push_back(listed[i]);
            }
            ++lists;
        });
        if (hidden) return true;
        if (lists > 1) {
            std::ranges::sort(near);
            near.erase(std::unique(near.begin(), near.end()), near.end());
        }
        for (const std::uint32_t disc : near) {
            const Cover cover = cover_of(side, disc);
            if (cover.from > cover.to) continue;
            if (cover.sure_from == 0 && cover.sure_to == 1) return true;
            covers.push_back(cover);
        }
        return false;
    }

    static bool comes_near(const Point& from, const Point& to, double reach) noexcept {
        const Point along{to.x - from.x, to.y - from.y};
        const double part = std::clamp(-dot(from, along) / dot(along, along), 0.0, 1.0);
        const Point nearest{from.x + part * along.x, from.y + part * along.y};
        return dot(nearest, nearest) <= reach * reach;
    }

    [[nodiscard]] Cover cover_of(const Side& side, std::uint32_t disc) const noexcept {
        const Disc& other = m_discs[disc];
        const Point from = corner_seen_from(side, 0, other), to = corner_seen_from(side, 1, other);
        const double apothem = other.radius * m_unit.apothem;
        Cover cover;
        cover.disc = disc;
        for (std::uint32_t number = 0; number < m_unit.sides(); ++number) {
            const double at_start = dot(from, m_unit.normals[number]), at_end = dot(to, m_unit.normals[number]);
            cut(at_start, at_end, apothem + m_clearance, number, cover.from, cover.to, cover.enters, cover.leaves);
            if (cover.from > cover.to) return cover;
            cut(at_start, at_end, apothem - m_clearance, number, cover.sure_from, cover.sure_to, cover.sure_enters,
                cover.sure_leaves);
        }
        return cover;
    }

    void find_bare(const Side& side, std::vector<Cover>& covers, Found& found) const {
        std::ranges::sort(covers, [](const Cover& a, const Cover& b) {
            return a.sure_from != b.sure_from ? a.sure_from < b.sure_from : a.disc < b.disc;
        });
        Bare bare;
        for (const Cover& cover : covers) {
            if (!cover.is_sure()) continue;
            if (cover.sure_from > bare.from) {
                bare.to = cover.sure_from;
                bare.after = &cover;
                add_piece(side, bare, covers, found);
            }
            if (cover.sure_to > bare.from) {
                bare.from = cover.sure_to;
                bare.before = &cover;
            }
        }
        bare.to = 1;
        bare.after = nullptr;
        if (bare.from < 1) add_piece(side, bare, covers, found);
    }

    void add_piece(const Side& side, const Bare& bare, const std::vector<Cover>& covers, Found& found) const {
        const std::size_t before = found.undecided.size();
        for (const Cover& cover : covers)
            if (!is_clear(bare, cover)) found.undecided.push_back(cover.disc);
        if (found.undecided.size() != before) {
            found.undecided.push_back(side.disc);
            return;
        }
        const std::uint32_t last = m_unit.sides() - 1;
        Piece piece;
        piece.along = side;
        piece.came_from = bare.before ? Side{bare.before->disc, bare.before->leaves}
                                      : Side{side.disc, side.number == 0 ? last : side.number - 1};
        piece.goes_to = bare.after ? Side{bare.after->disc, bare.after->enters}
                                   : Side{side.disc, side.number == last ? 0 : side.number + 1};
        piece.start = bare.before ? crossing(side, piece.came_from) : corner(side);
        found.pieces.push_back(piece);
    }

    /// Whether it is beyond doubt how the cover stands to the bare part: apart, or at its end with one side.
    static bool is_clear(const Bare& bare, const Cover& cover) noexcept {
        if (!cover.is_sure()) return cover.to < bare.from || cover.from > bare.to;
        if (&cover == bare.before) {
            const double limit = bare.after && bare.after != &cover ? bare.after->from : bare.to;
            if (cover.leaves != cover.sure_leaves || !(cover.to < limit)) return false;
        } else if (cover.sure_to < 1 && cover.sure_to <= bare.from && cover.to >= bare.from) {
            return false;
        }
        if (&cover == bare.after) return cover.enters == cover.sure_enters && cover.from > bare.from;
        return !(cover.sure_from > 0 && cover.sure_from >= bare.to && cover.from <= bare.to);
    }

    [[nodiscard]] Point crossing(const Side& side, const Side& other) const noexcept {
        const Disc& disc = m_discs[other.disc];
        const Point& normal = m_unit.normals[other.number];
        const double apothem = disc.radius * m_unit.apothem;
        const Point from = corner_seen_from(side, 0, disc), to = corner_seen_from(side, 1, disc);
        const double at_start = dot(from, normal), at_end = dot(to, normal);
        const double part = (at_start - apothem) / (at_start - at_end);
        return {disc.centre.x + (from.x + part * (to.x - from.x)), disc.centre.y + (from.y + part * (to.y - from.y))};
    }

    std::span<const Disc> m_discs;
    const UnitPolygon& m_unit;
    double m_clearance;
    DiscCells m_cells;
};

std::uint64_t number_of(const Side& side) noexcept { return (std::uint64_t{side.disc} << 32) | side.number; }

/// Joins the pieces end to end; nothing if an end has no beginning or two. Pieces come in the order of their edges.
std::optional<std::vector<Ring>> join(const std::vector<Piece>& pieces) {
    const auto next_of = [&](const Piece& piece) -> std::size_t {
        const auto goes_to = number_of(piece.goes_to);
        auto next = std::ranges::lower_bound(pieces, goes_to, {}, [](const Piece& p) { return number_of(p.along); });
        for (; next != pieces.end() && number_of(next->along) == goes_to; ++next)
            if (number_of(next->came_from) == number_of(piece.along))
                return static_cast<std::size_t>(next - pieces.begin());
        return pieces.size();
    };
    std::vector<bool> taken(pieces.size(), false);
    std::vector<Ring> rings;
    for (std::size_t first = 0; first < pieces.size(); ++first) {
        if (taken[first]) continue;
        Ring ring;
        std::size_t at = first;
        do {
            if (at == pieces.size() || taken[at]) return std::nullopt;
            taken[at] = true;
            ring.push_back(pieces[at].start);
            at = next_of(pieces[at]);
        } while (at != first);
        ring.push_back(ring.front());
        rings.push_back(std::move(ring));
    }
    return rings;
}

}  // namespace

UnitPolygon::UnitPolygon(int quadrant_segments) : apothem{std::cos(std::numbers::pi / (4.0 * quadrant_segments))} {
    const int count = 4 * quadrant_segments;
    const double step = 2 * std::numbers::pi / count;
    const auto at = [&](int halves) {  // of a step; the quarters exactly
        const int quarter = halves / (2 * quadrant_segments), rest = halves % (2 * quadrant_segments);
        const Point p{std::cos(step / 2 * rest), rest == 0 ? 0.0 : std::sin(step / 2 * rest)};
        return quarter % 4 == 0 ? p
               : quarter == 1   ? Point{-p.y, p.x}
               : quarter == 2   ? Point{-p.x, -p.y}
                                : Point{p.y, -p.x};
    };
    for (int i = 0; i < count; ++i) {
        corners.push_back(at(2 * i));
        normals.push_back(at(2 * i + 1));
    }
    corners.push_back(corners.front());
}

DiscBorder find_disc_border(std::span<const Disc> discs, const UnitPolygon& unit, double clearance) {
    const BorderFinder finder{discs, unit, clearance};
    std::vector<Found> by_disc(discs.size());
    parallel_for(discs.size(), discs_per_chunk, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) finder.find_pieces(static_cast<std::uint32_t>(i), by_disc[i]);
    });
    DiscBorder border;
    std::vector<Piece> pieces;
    for (const Found& found : by_disc) {
        pieces.insert(pieces.end(), found.pieces.begin(), found.pieces.end());
        border.undecided.insert(border.undecided.end(), found.undecided.begin(), found.undecided.end());
    }
    std::ranges::sort(border.undecided);
    border.undecided.erase(std::unique(border.undecided.begin(), border.undecided.end()), border.undecided.end());
    if (!border.undecided.empty()) return border;
    if (auto rings = join(pieces)) {
        border.rings = std::move(*rings);
        return border;
    }
    for (std::uint32_t i = 0; i < discs.size(); ++i) border.undecided.push_back(i);
    return border;
}

}  // namespace amayesh::detail
