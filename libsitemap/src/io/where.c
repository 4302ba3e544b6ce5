#include "io/where.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/cell.h"
#include "geo/layer_row.h"

enum { DEPTH = 100, NODES = 10000 }; /* a chain of AND, OR or a list nests as deep as it is long */

/* ---- the expression --------------------------------------------------------------------------------------------- */

typedef enum op { OP_AND, OP_OR, OP_NOT, OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE, OP_LIKE, OP_IS_NULL, OP_TRUTH } op;

typedef struct operand {
    const smap_column *column; /* NULL: a literal, or the row's id */
    bool is_fid, is_number;
    const char *text; /* literal */
    size_t len;
    double number;
} operand;

typedef struct node {
    op op;
    struct node *left, *right;
    operand a, b;
} node;

typedef enum truth { T_FALSE, T_TRUE, T_UNKNOWN } truth;

typedef enum token { TOK_END, TOK_WORD, TOK_NAME, TOK_TEXT, TOK_NUMBER, TOK_SIGN, TOK_BAD } token;

typedef struct parser {
    const char *subject, *condition, *at;
    const smap_layer *layer;
    smap__arena arena;
    token token;
    const char *text; /* of the token; texts and quoted names with doubled quotes undone */
    size_t len;
    int depth, nodes;
    smap_status status;
    smap_error *err;
} parser;

/* ---- tokens ----------------------------------------------------------------------------------------------------- */

static bool is_word_byte(char c) {
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

static void read_quoted(parser *p, char quote) {
    const char *start = ++p->at;
    char *copy = smap__arena_alloc(&p->arena, strlen(start) + 1);
    size_t n = 0;
    p->token = quote == '\'' ? TOK_TEXT : TOK_NAME;
    for (;;) {
        if (*p->at == '\0' || !copy) {
            p->token = TOK_BAD;
            return;
        }
        if (*p->at == quote && *++p->at != quote) break;
        copy[n++] = *p->at++;
    }
    p->text = copy;
    p->len = n;
}

static void next(parser *p) {
    while (isspace((unsigned char)*p->at)) p->at++;
    const char *start = p->at;
    p->text = start;
    if (*start == '\0') {
        p->token = TOK_END;
    } else if (*start == '\'' || *start == '"') {
        read_quoted(p, *start);
        return;
    } else if (isdigit((unsigned char)*start) || (strchr("-+.", *start) && isdigit((unsigned char)start[1])) ||
               (strchr("-+", *start) && start[1] == '.')) {
        p->token = TOK_NUMBER;
        p->at++;
        while (isalnum((unsigned char)*p->at) || *p->at == '.' ||
               ((*p->at == '-' || *p->at == '+') && (p->at[-1] | 32) == 'e'))
            p->at++;
    } else if (is_word_byte(*start)) {
        p->token = TOK_WORD;
        while (is_word_byte(*p->at)) p->at++;
    } else {
        static const char *const sign[] = { "<=", ">=", "<>", "!=", "==", "=", "<", ">", "(", ")", "," };
        p->token = TOK_BAD;
        for (size_t i = 0; i < sizeof sign / sizeof *sign && p->token == TOK_BAD; i++)
            if (strncmp(start, sign[i], strlen(sign[i])) == 0) {
                p->token = TOK_SIGN;
                p->at += strlen(sign[i]);
            }
    }
    p->len = (size_t)(p->at - start);
}

static bool is_keyword(const parser *p, const char *word) {
    return p->token == TOK_WORD && p->len == strlen(word) && strncasecmp(p->text, word, p->len) == 0;
}
static bool is_sign(const parser *p, const char *sign) {
    return p->token == TOK_SIGN && p->len == strlen(sign) && strncmp(p->text, sign, p->len) == 0;
}
static bool take_keyword(parser *p, const char *word) {
    bool there = is_keyword(p, word);
    if (there) next(p);
    return there;
}
static bool take_sign(parser *p, const char *sign) {
    bool there = is_sign(p, sign);
    if (there) next(p);
    return there;
}

/* ---- grammar ---------------------------------------------------------------------------------------------------- */

static node *misunderstood(parser *p, const char *expected) {
    if (p->status == SMAP_OK) {
        int len = p->token == TOK_END ? 0 : (int)(p->len < 40 ? p->len : 40);
        p->status = smap__fail(
            p->err, SMAP_E_ARGUMENT, "where",
            "the condition %s cannot be understood: %s is expected%s%.*s; write, for example, \"status\" = 'open' AND "
            "people >= 100",
            p->condition, expected, len ? " instead of " : " at its end", len, p->text);
    }
    return NULL;
}

static node *out_of_memory(parser *p) {
    if (p->status == SMAP_OK) p->status = smap__fail_memory(p->err);
    return NULL;
}

static node *too_long(parser *p) {
    if (p->status == SMAP_OK)
        p->status = smap__fail(p->err, SMAP_E_LIMIT, "where",
                               "the condition has more than %d comparisons and words between them; mark the rows by a "
                               "column of the source in place of a list",
                               NODES);
    return NULL;
}

static node *new_node(parser *p, op code, node *left, node *right) {
    if (++p->nodes > NODES) return too_long(p);
    node *n = smap__arena_alloc(&p->arena, sizeof *n);
    if (!n) return out_of_memory(p);
    *n = (node){ .op = code, .left = left, .right = right };
    return n;
}

static node *unknown_column(parser *p) {
    smap__str names = SMAP__STR_INIT;
    const smap_table *table = p->layer->table;
    for (int i = 0; i < smap_table_columns(table) && i < 40; i++)
        smap__str_printf(&names, "%s%s", i ? ", " : "", smap_table_at(table, i)->name);
    if (smap_table_columns(table) > 40) smap__str_put(&names, ", ...");
    if (names.failed)
        p->status = smap__fail_memory(p->err);
    else
        p->status = smap__fail(p->err, SMAP_E_NOT_FOUND, p->subject,
                               "%s: layer \"%s\" has no column \"%.*s\" (named in the condition); it has: %s",
                               p->subject, p->layer->name, (int)p->len, p->text, names.len ? names.data : "none");
    smap__str_release(&names);
    return NULL;
}

static const smap_column *find_column(const smap_table *table, const char *name, size_t len) {
    const smap_column *other = NULL;
    for (int i = 0; i < smap_table_columns(table); i++) {
        const smap_column *c = smap_table_at(table, i);
        if (strlen(c->name) != len) continue;
        if (memcmp(c->name, name, len) == 0) return c;
        if (!other && strncasecmp(c->name, name, len) == 0) other = c;
    }
    return other;
}

static bool is_reserved(const parser *p) {
    static const char *const word[] = { "AND", "OR", "NOT", "IN", "LIKE", "ILIKE", "BETWEEN", "IS", "NULL" };
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        if (is_keyword(p, word[i])) return true;
    return false;
}

static bool read_operand(parser *p, operand *o) {
    *o = (operand){ .text = p->text, .len = p->len };
    if (p->token == TOK_TEXT) {
        next(p);
        return true;
    }
    if (p->token == TOK_NUMBER) {
        o->is_number = true;
        const char *text = p->text + (p->text[0] == '+');
        if (!smap__parse_real(text, p->len - (p->text[0] == '+'), &o->number))
            return misunderstood(p, "a number") != NULL;
        next(p);
        return true;
    }
    if (is_keyword(p, "TRUE") || is_keyword(p, "FALSE")) {
        o->is_number = true;
        o->number = is_keyword(p, "TRUE");
        next(p);
        return true;
    }
    if ((p->token != TOK_WORD && p->token != TOK_NAME) || is_reserved(p))
        return misunderstood(p, "a column or a value") != NULL;
    o->column = find_column(p->layer->table, p->text, p->len);
    o->is_fid = !o->column && p->len == 3 && strncasecmp(p->text, "fid", 3) == 0;
    if (!o->column && !o->is_fid) return unknown_column(p) != NULL;
    next(p);
    return true;
}

static node *comparison(parser *p, op code, operand a, operand b) {
    node *n = new_node(p, code, NULL, NULL);
    if (n) {
        n->a = a;
        n->b = b;
    }
    return n;
}

static node *in_list(parser *p, operand a) {
    node *all = NULL;
    if (!take_sign(p, "(")) return misunderstood(p, "a list in brackets");
    do {
        operand b;
        if (!read_operand(p, &b)) return NULL;
        node *one = comparison(p, OP_EQ, a, b);
        all = one && all ? new_node(p, OP_OR, all, one) : one;
        if (!all) return NULL;
    } while (take_sign(p, ","));
    return take_sign(p, ")") ? all : misunderstood(p, "a closing bracket");
}

static node *between(parser *p, operand a) {
    operand low, high;
    if (!read_operand(p, &low)) return NULL;
    if (!take_keyword(p, "AND")) return misunderstood(p, "AND");
    if (!read_operand(p, &high)) return NULL;
    node *from = comparison(p, OP_GE, a, low), *to = comparison(p, OP_LE, a, high);
    return from && to ? new_node(p, OP_AND, from, to) : NULL;
}

static node *negated(parser *p, node *inner, bool negate) {
    return inner && negate ? new_node(p, OP_NOT, inner, NULL) : inner;
}

static node *read_comparison(parser *p) {
    static const struct {
        const char *sign;
        op code;
    } signs[] = { { "=", OP_EQ },  { "==", OP_EQ }, { "<>", OP_NE }, { "!=", OP_NE },
                  { "<=", OP_LE }, { ">=", OP_GE }, { "<", OP_LT },  { ">", OP_GT } };
    operand a, b;
    if (!read_operand(p, &a)) return NULL;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (take_sign(p, signs[i].sign)) return read_operand(p, &b) ? comparison(p, signs[i].code, a, b) : NULL;
    if (take_keyword(p, "IS")) {
        bool negate = take_keyword(p, "NOT");
        if (!take_keyword(p, "NULL")) return misunderstood(p, "NULL");
        return negated(p, comparison(p, OP_IS_NULL, a, a), negate);
    }
    bool negate = take_keyword(p, "NOT");
    if (take_keyword(p, "IN")) return negated(p, in_list(p, a), negate);
    if (take_keyword(p, "BETWEEN")) return negated(p, between(p, a), negate);
    if (take_keyword(p, "LIKE") || take_keyword(p, "ILIKE"))
        return read_operand(p, &b) ? negated(p, comparison(p, OP_LIKE, a, b), negate) : NULL;
    if (!negate && a.column && a.column->type == SMAP_BOOL) return comparison(p, OP_TRUTH, a, a);
    return misunderstood(p, "a comparison such as =, <, LIKE, IN or IS NULL");
}

static node *read_or(parser *p);

static node *read_not(parser *p) {
    if (++p->depth > DEPTH) return misunderstood(p, "fewer brackets");
    node *n;
    if (take_keyword(p, "NOT")) {
        n = negated(p, read_not(p), true);
    } else if (take_sign(p, "(")) {
        n = read_or(p);
        if (n && !take_sign(p, ")")) n = misunderstood(p, "a closing bracket");
    } else {
        n = read_comparison(p);
    }
    p->depth--;
    return n;
}

static node *read_and(parser *p) {
    node *n = read_not(p);
    while (n && take_keyword(p, "AND")) {
        node *right = read_not(p);
        n = right ? new_node(p, OP_AND, n, right) : NULL;
    }
    return n;
}

static node *read_or(parser *p) {
    node *n = read_and(p);
    while (n && take_keyword(p, "OR")) {
        node *right = read_and(p);
        n = right ? new_node(p, OP_OR, n, right) : NULL;
    }
    return n;
}

/* ---- evaluation ------------------------------------------------------------------------------------------------- */

typedef struct value {
    bool is_null, is_number;
    double number;
    const char *text;
    size_t len;
} value;

typedef struct evaluation {
    const smap_layer *layer;
    smap__str scratch[2]; /* dates as text */
} evaluation;

static value value_of(evaluation *e, const operand *o, int64_t row, int side) {
    value v = { false, o->is_number, o->number, o->text, o->len };
    if (o->is_fid) {
        v.is_number = true;
        v.number = (double)smap__layer_fid(e->layer, row);
    }
    if (!o->column) return v;
    const smap_column *c = o->column;
    v.is_null = smap_column_is_null(c, row);
    if (v.is_null) return v;
    if (c->type == SMAP_TEXT || c->type == SMAP_BLOB) {
        v.text = smap_column_text(c, row, &v.len);
    } else if (c->type == SMAP_DATE || c->type == SMAP_TIMESTAMP) {
        smap__str_clear(&e->scratch[side]);
        smap__cell_put(&e->scratch[side], c, row);
        v.text = e->scratch[side].data;
        v.len = e->scratch[side].len;
    } else {
        v.is_number = smap__cell_number(c, row, &v.number);
    }
    return v;
}

/* A text beside a number is read as one. */
static bool make_number(value *v) {
    if (!v->is_number) {
        const char *text = v->text;
        size_t len = v->len;
        smap__trim(&text, &len);
        v->is_number = smap__parse_real(text, len, &v->number);
    }
    return v->is_number;
}

/* -1, 0, 1; 2 if the two cannot be compared. */
static int compare(value *a, value *b) {
    if (a->is_number || b->is_number) {
        if (!make_number(a) || !make_number(b)) return 2;
        return a->number < b->number ? -1 : a->number > b->number;
    }
    size_t n = a->len < b->len ? a->len : b->len;
    int order = n ? memcmp(a->text, b->text, n) : 0;
    if (order == 0) return a->len < b->len ? -1 : a->len > b->len;
    return order < 0 ? -1 : 1;
}

/* "%" any text, "_" one character; greedy with one step back, which is linear enough for patterns with few "%". */
static bool like(const char *text, size_t len, const char *pattern, size_t pattern_len) {
    size_t t = 0, k = 0, star = SIZE_MAX, retry = 0;
    while (t < len) {
        size_t after = t;
        if (k < pattern_len && pattern[k] == '%') {
            star = k++;
            retry = t;
        } else if (k < pattern_len && pattern[k] == '_') {
            smap__utf8_next(text, len, &after);
            t = after;
            k++;
        } else if (k < pattern_len && tolower((unsigned char)pattern[k]) == tolower((unsigned char)text[t])) {
            t++;
            k++;
        } else if (star != SIZE_MAX) {
            k = star + 1;
            t = ++retry;
        } else {
            return false;
        }
    }
    while (k < pattern_len && pattern[k] == '%') k++;
    return k == pattern_len;
}

static truth test(evaluation *e, const node *n, int64_t row) {
    value a = value_of(e, &n->a, row, 0);
    if (n->op == OP_IS_NULL) return a.is_null ? T_TRUE : T_FALSE;
    if (a.is_null) return T_UNKNOWN;
    if (n->op == OP_TRUTH) return a.number != 0 ? T_TRUE : T_FALSE;
    value b = value_of(e, &n->b, row, 1);
    if (b.is_null) return T_UNKNOWN;
    if (n->op == OP_LIKE) return !a.is_number && !b.is_number && like(a.text, a.len, b.text, b.len) ? T_TRUE : T_FALSE;
    int order = compare(&a, &b);
    if (order == 2) return T_UNKNOWN;
    switch (n->op) {
    case OP_EQ:
        return order == 0 ? T_TRUE : T_FALSE;
    case OP_NE:
        return order != 0 ? T_TRUE : T_FALSE;
    case OP_LT:
        return order < 0 ? T_TRUE : T_FALSE;
    case OP_LE:
        return order <= 0 ? T_TRUE : T_FALSE;
    case OP_GT:
        return order > 0 ? T_TRUE : T_FALSE;
    default:
        return order >= 0 ? T_TRUE : T_FALSE;
    }
}

static truth evaluate(evaluation *e, const node *n, int64_t row) {
    if (n->op > OP_NOT) return test(e, n, row);
    truth left = evaluate(e, n->left, row);
    if (n->op == OP_NOT) return left == T_UNKNOWN ? T_UNKNOWN : left == T_TRUE ? T_FALSE : T_TRUE;
    truth decides = n->op == OP_AND ? T_FALSE : T_TRUE;
    if (left == decides) return left;
    truth right = evaluate(e, n->right, row);
    return right == decides ? right : left == T_UNKNOWN ? left : right;
}

static smap_status take_rows(const smap_layer *layer, const node *root, const smap_layer **out, smap_error *err) {
    int64_t rows = smap_table_rows(layer->table), kept = 0;
    int64_t *row = smap__alloc((size_t)(rows + 1) * sizeof *row);
    if (!row) return smap__fail_memory(err);
    evaluation e = { layer, { SMAP__STR_INIT, SMAP__STR_INIT } };
    for (int64_t i = 0; i < rows; i++)
        if (evaluate(&e, root, i) == T_TRUE) row[kept++] = i;
    smap_status status = e.scratch[0].failed || e.scratch[1].failed ? smap__fail_memory(err)
                                                                    : smap_layer_take(layer, row, kept, out, err);
    smap__str_release(&e.scratch[0]);
    smap__str_release(&e.scratch[1]);
    smap__free(row);
    return status;
}

smap_status smap__where_filter(const char *subject, const char *condition, const smap_layer *layer,
                               const smap_layer **out, smap_error *err) {
    parser p = { .subject = subject, .condition = condition, .at = condition, .layer = layer, .err = err };
    next(&p);
    node *root = read_or(&p);
    if (root && p.token != TOK_END) root = misunderstood(&p, "AND, OR or the end");
    smap_status status = root ? take_rows(layer, root, out, err) : p.status;
    smap__arena_release(&p.arena);
    return status;
}
