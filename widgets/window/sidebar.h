// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/sourcemodel.h"
#include "widgets/pages/receiver.h"
#include "widgets/window/navbutton.h"

#include <QStringList>
#include <QWidget>

#include <map>

class QListView;
class QMenu;
class QVBoxLayout;

namespace telltale {

class PlainLabel;
class ProductButton;

/// The left edge of the window: product and environment, the views, the sources with their lamps. Below 1180
/// px a rail of icons.
class Sidebar final : public QWidget
{
    Q_OBJECT

public:
    explicit Sidebar(SourceModel *sources, QWidget *parent = nullptr);

    /// In the order of calls.
    NavButton *addView(const QString &id, IconId icon, const QString &name);
    void setCurrentView(const QString &id);
    NavButton *viewButton(const QString &id) const;
    void setProducts(const QStringList &products, const QStringList &environments);
    void setCurrentProduct(const QString &product, const QString &environment);
    void setReceiver(const ReceiverStatus &status);
    void setRail(bool isRail);
    bool isRail() const { return m_isRail; }
    QListView *sourceList() const { return m_sources; }

Q_SIGNALS:
    void viewChosen(const QString &id);
    /// Empty: all.
    void productChosen(const QString &product, const QString &environment);
    void connectRequested();
    /// KeyRole of SourceModel.
    void sourceChosen(const QString &key);
    void settingsRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitSources();
    void fillProductMenu();

    ProductButton *m_product;
    QMenu *m_productMenu;
    QVBoxLayout *m_views;
    QListView *m_sources;
    PlainLabel *m_sourcesTitle;
    NavButton *m_waiting; ///< stands for the receiver while there is no source
    NavButton *m_settings;
    std::map<QString, NavButton *> m_buttons;
    QStringList m_products, m_environments;
    QString m_currentProduct, m_currentEnvironment;
    bool m_isRail = false;
};

} // namespace telltale
