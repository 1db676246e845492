/* Tables of counts with both totals. */
#include "core/fixture_tables.h"

size_t table_at(const Table *self, size_t i, size_t j)
{
    return i * (self->n_columns + 1) + j;
}

void table_start(Table *self, size_t n_rows, size_t n_columns)
{
    *self = (Table){.n_rows = n_rows, .n_columns = n_columns, .n_cells = (n_rows + 1) * (n_columns + 1)};
}

void table_put(Table *self, size_t i, size_t j, double size)
{
    self->sizes[table_at(self, i, j)] = size;
    self->sizes[table_at(self, i, 0)] += size;
    self->sizes[table_at(self, 0, j)] += size;
    self->sizes[0] += size;
}

static void add_sum(Table *self, size_t n_cells)
{
    self->sums[self->n_sums] = (WmDisclosureSum){self->cells[self->n_sums], n_cells};
    self->n_sums++;
}

void table_add_sums(Table *self)
{
    for (size_t i = 0; i <= self->n_rows; i++) {
        for (size_t j = 0; j <= self->n_columns; j++)
            self->cells[self->n_sums][j] = table_at(self, i, j);
        add_sum(self, self->n_columns + 1);
    }
    for (size_t j = 0; j <= self->n_columns; j++) {
        for (size_t i = 0; i <= self->n_rows; i++)
            self->cells[self->n_sums][i] = table_at(self, i, j);
        add_sum(self, self->n_rows + 1);
    }
}
